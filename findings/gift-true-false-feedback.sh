#!/usr/bin/env bash
# gift-pegjs 1.0.2 (npm) gives a true statement's two feedbacks to the wrong answers.
#
# In GIFT a true/false question may carry two feedbacks: {T#first#second}. The first is for whoever answers wrongly, the
# second for whoever answers rightly, whatever the right answer is: Moodle's own reader names them so
# (question/format/gift/format.php, case 'truefalse': list($answer, $wrongfeedback, $rightfeedback)). So in a true
# statement the first belongs to the answer 'false'.
#
# A good guess: gift-pegjs' trueFeedback and falseFeedback are what one is shown for answering 'true' and 'false'.
# Seen: it takes the first for trueFeedback in both kinds. For a false statement that is right by chance; for a true one
# the words for a mistake come up when one is right, and the other way round.
set -euo pipefail
cd "$(mktemp -d)"
npm install --silent --no-save --prefix . gift-pegjs@1.0.2 >/dev/null
cat > ask.mjs <<'JS'
import * as gift from "gift-pegjs";
const parse = gift.parse ?? gift.default.parse;
for (const right of ["T", "F"]) {
  const [{ isTrue, trueFeedback, falseFeedback }] = parse(`The limit is two days. {${right}#for a mistake#for the right answer}`);
  console.log(`${right}: isTrue ${isTrue}; answered true: "${trueFeedback.text}"; answered false: "${falseFeedback.text}"`);
}
JS
node ask.mjs | tee seen
diff seen - <<'SEEN'
T: isTrue true; answered true: "for a mistake"; answered false: "for the right answer"
F: isTrue false; answered true: "for a mistake"; answered false: "for the right answer"
SEEN
