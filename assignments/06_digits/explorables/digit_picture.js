// From lines drawn by hand to a picture as the data have them: 8 × 8 counts of the dots inked in a 32 × 32 bitmap.

/** The numbers of the data: digits fill a box of 20 × 32 dots in a bitmap of 32 × 32, and some 310 dots are inked. */
const DOTS = 32, BLOCK = 4, BOX = [20, 32], INKED = 310;
const PEN = [1.5, 4], STRETCH = 2.5, UPRIGHT = 0.75;

/** Return the lines from point to point of strokes and between neighbouring cells, as [x0, y0, x1, y1]. */
export function linesOf(strokes, cells) {
  const lines = [];
  for (const stroke of strokes) stroke.forEach((point, i) => lines.push([...stroke[Math.max(i - 1, 0)], ...point]));
  const inked = new Set(cells.map(String));
  for (const [column, row] of cells) {
    const [x, y] = [column + 0.5, row + 0.5];
    lines.push([x, y, x, y]);
    for (const [across, down] of [[1, 0], [0, 1], [1, 1], [-1, 1]]) {
      if (inked.has(String([column + across, row + down]))) lines.push([x, y, x + across, y + down]);
    }
  }
  return lines;
}

/** Return lines that lean less: pushed sideways until, almost, higher is no longer further to one side. */
export function upright(lines) {
  const weights = lines.map(([x0, y0, x1, y1]) => Math.hypot(x1 - x0, y1 - y0));
  const whole = weights.reduce((sum, one) => sum + one, 0);
  if (!whole) return lines;
  const mean = (of) => lines.reduce((sum, line, i) => sum + weights[i] * of((line[0] + line[2]) / 2, (line[1] + line[3]) / 2), 0) / whole;
  const x = mean((across) => across), y = mean((_across, down) => down);
  const lean = mean((across, down) => (across - x) * (down - y)) / (mean((_across, down) => (down - y) ** 2) || 1);
  return lines.map(([x0, y0, x1, y1]) => [x0 - UPRIGHT * lean * y0, y0, x1 - UPRIGHT * lean * y1, y1]);
}

/** Return lines moved to the middle of the bitmap and stretched, so that a pen of this radius fills the box. */
function fitted(lines, radius) {
  const xs = lines.flatMap(([x0, , x1]) => [x0, x1]), ys = lines.flatMap(([, y0, , y1]) => [y0, y1]);
  const ends = [xs, ys].map((places) => [Math.min(...places), Math.max(...places)]);
  const most = ends.map(([low, high], i) => (BOX[i] - 2 * radius) / Math.max(high - low, 1e-6));
  const scales = most.map((scale, i) => Math.min(scale, STRETCH * most[1 - i]));
  const move = (place, i) => DOTS / 2 + scales[i] * (place - (ends[i][0] + ends[i][1]) / 2);
  return lines.map(([x0, y0, x1, y1]) => [move(x0, 0), move(y0, 1), move(x1, 0), move(y1, 1)]);
}

/** Return how far each dot of the bitmap, row after row, is from the nearest line. */
function distances(lines) {
  const squares = new Float64Array(DOTS * DOTS).fill(Infinity);
  for (const [x0, y0, x1, y1] of lines) {
    const across = x1 - x0, down = y1 - y0, length = across * across + down * down || 1;
    for (let row = 0, dot = 0; row < DOTS; row += 1) {
      for (let column = 0; column < DOTS; column += 1, dot += 1) {
        const x = column + 0.5 - x0, y = row + 0.5 - y0;
        const share = Math.min(Math.max((x * across + y * down) / length, 0), 1);
        const toX = x - share * across, toY = y - share * down;
        squares[dot] = Math.min(squares[dot], toX * toX + toY * toY);
      }
    }
  }
  return squares.map(Math.sqrt);
}

/** Return the 64 counts, 0 to 16, of inked dots in the blocks of 4 × 4 of a bitmap, both row after row. */
export function blockCounts(bitmap) {
  const counts = new Array((DOTS / BLOCK) ** 2).fill(0);
  bitmap.forEach((inked, dot) => {
    const row = Math.floor(dot / DOTS / BLOCK), column = Math.floor((dot % DOTS) / BLOCK);
    counts[row * (DOTS / BLOCK) + column] += inked ? 1 : 0;
  });
  return counts;
}

/** Return the picture of lines: upright, in the middle, as large and with as much ink as the data's. */
export function pictureOf(lines) {
  if (!lines.length) return blockCounts(new Array(DOTS ** 2).fill(false));
  const drawn = upright(lines);
  let radius = (PEN[0] + PEN[1]) / 2, far;
  // How wide the pen must be depends on the size, and the size a little on the pen.
  for (let turn = 0; turn < 2; turn += 1) {
    far = distances(fitted(drawn, radius));
    radius = Math.min(Math.max(far.slice().sort()[INKED - 1], PEN[0]), PEN[1]);
  }
  return blockCounts(Array.from(far, (one) => one <= radius));
}
