#!/bin/sh
# Make the font of formulas: the part of STIX Math that formulas use. Takes Debian's fonts-stix, fonttools and node.
set -eu
cd "$(mktemp -d)"
apt-get download fonts-stix
dpkg-deb -x fonts-stix*.deb .
python3 -m fontTools.subset usr/share/fonts/opentype/stix-word/STIXMath-Regular.otf --output-file=math.otf \
  --layout-features='*' --name-IDs='' --no-hinting --desubroutinize \
  --unicodes="20-7e,a0-ff,131,237,370-3ff,2010-205f,2070-209f,2102,210d,2115,211a,211d,2124,2190-2194,21a6,21d0-21d4,\
2200-221e,2223-223f,2240-2297,22c0-22c6,22ee-22f1,2308-230b,239b-23b5,23dc-23df,27e8,27e9,27f5-27fa,2a7d,2a7e,\
1d400-1d467,1d49c-1d4cf,1d538-1d56b,1d6a4-1d755"
npm install --no-save wawoff2@2
node -e 'const fs = require("fs");
require("wawoff2").compress(fs.readFileSync("math.otf")).then((font) => fs.writeFileSync("math.woff2", font))'
echo "$PWD/math.woff2"
