// @ts-check
// The camera, until all codes of a hand-over were seen.

import { ask, button, make } from "../dom.js";
import { Gathering } from "../handover/transport.js";
import { finder } from "./codes.js";

const PAUSE = 60; // ms between two looks
const SIZE = 900; // to which the picture is made smaller: enough for a code that fills half of it
const WANTED = { audio: false, video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 960 } } };
const REFUSED = "相機打不開：在瀏覽器的設定准許這個網站用相機，或改選圖片、檔案。";

/** Whether this browser, on this page, has a camera to ask for: not where the page comes without https. */
export const hasCamera = () => !!navigator.mediaDevices?.getUserMedia;

/**
 * Shows what the camera sees, and answers with the bytes once they are whole; null where its reader has had enough.
 * @returns {Promise<Uint8Array | null>}
 */
export async function scan() {
  const [stream, find] = await Promise.all([navigator.mediaDevices.getUserMedia(WANTED).catch(() => refuse()), finder()]);
  const video = make("video", { muted: true, autoplay: true, srcObject: stream });
  video.setAttribute("playsinline", ""); // or an iPhone shows it over everything
  const [bar, said] = [make("progress", { max: 1, value: 0, ariaLabel: "掃到多少" }), make("p", { role: "status" }, "把同事手機上的圖碼放進畫面。")];
  const box = make("dialog", { className: "camera", ariaLabel: "用相機收" }, video, bar, said, button("不掃了", () => box.close()));
  ask(box);
  try {
    return await gathered(box, video, find, (words, share) => ((said.textContent = words), (bar.value = share)));
  } finally {
    for (const track of stream.getTracks()) track.stop();
    box.close();
    box.remove();
  }
}

/** @returns {never} */
function refuse() {
  throw new Error(REFUSED);
}

/**
 * @param {HTMLDialogElement} box
 * @param {HTMLVideoElement} video
 * @param {import("./codes.js").Finder} find
 * @param {(words: string, share: number) => void} tell
 */
async function gathered(box, video, find, tell) {
  const all = new Gathering();
  for (let share = 0; box.open; await new Promise((done) => setTimeout(done, PAUSE))) {
    for (const text of video.readyState >= 2 ? await find(video, SIZE) : []) {
      try {
        share = all.take(text);
        if (share < 1) tell(`收到 ${Math.round(share * 100)} %，再對著看一下。`, share);
      } catch (wrong) {
        tell(wrong instanceof Error ? wrong.message : `${wrong}`, share);
      }
      if (all.bytes) return all.bytes;
    }
  }
  return null;
}
