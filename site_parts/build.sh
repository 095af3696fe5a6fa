#!/bin/sh
# Make the editor in one file; what it is made of is fixed in package-lock.json.
set -eu
cd "$(dirname "$0")"
static=../autograder/capas/bundle/site/static
npm ci --ignore-scripts
node node_modules/esbuild/install.js
npx esbuild editor.js --bundle --minify --format=esm --target=es2022 --legal-comments=none \
  --banner:js='/* CodeMirror 6, MIT licence, see LICENSE-editor.txt; made by site_parts/build.sh */' \
  --outfile=$static/editor.min.js
{
  echo "editor.min.js is CodeMirror 6 (https://codemirror.net): these packages, each under the MIT licence."
  npm ls --all --parseable --long --omit=dev | sed 's/.*://' | grep -v -e esbuild -e capas-site | sort -u | sed '/^$/d; s/^/  /'
  echo
  cat node_modules/@codemirror/view/LICENSE
} > $static/LICENSE-editor.txt
