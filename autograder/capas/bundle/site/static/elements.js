// Elements of pages, made in one call.

/** Return an element of SVG with attributes and children. */
export function svg(name, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

/** Return an element of HTML with a class and children. */
export function html(name, className = "", ...children) {
  const node = document.createElement(name);
  if (className) node.className = className;
  node.append(...children);
  return node;
}

/** Return a button. */
export function button(text, act, className = "quiet") {
  const node = html("button", className, text);
  node.type = "button";
  node.addEventListener("click", act);
  return node;
}
