#!/usr/bin/env bash
# scorm-again 3.4.3 (npm), its SCORM 1.2 runtime: cmi.suspend_data takes fifteen times what SCORM 1.2 allows.
#
# SCORM 1.2 gives cmi.suspend_data the type CMIString4096: 4,096 characters (SCORM 1.2, The SCORM Run-Time Environment). A
# course that keeps its state there and is tried against this runtime, as a stand-in for a learning system, seems to fit.
#
# A good guess: a runtime that refuses a bookmark of 256 characters (CMIString255) with error 405 refuses suspend data of
# 4,097 as well.
# Seen: it takes up to 64,000, which is SCORM 2004's limit, and says no error; only beyond that comes 405.
set -euo pipefail
cd "$(mktemp -d)"
npm install --silent --no-save --prefix . scorm-again@3.4.3 >/dev/null
cat > ask.mjs <<'JS'
import { Scorm12API } from "./node_modules/scorm-again/dist/esm/scorm12.js";
const api = new Scorm12API({ autocommit: false, logLevel: 5 });
api.LMSInitialize("");
for (const [name, sizes] of Object.entries({ "cmi.core.lesson_location": [255, 256], "cmi.suspend_data": [4096, 4097, 64000, 64001] })) {
  for (const size of sizes) console.log(name, size, api.LMSSetValue(name, "x".repeat(size)), api.LMSGetLastError());
}
JS
node ask.mjs | tee seen
diff seen - <<'SEEN'
cmi.core.lesson_location 255 true 0
cmi.core.lesson_location 256 false 405
cmi.suspend_data 4096 true 0
cmi.suspend_data 4097 true 0
cmi.suspend_data 64000 true 0
cmi.suspend_data 64001 false 405
SEEN
