// @ts-check
// Finds codes in what a camera sees and in pictures: by the browser's own finder where it has one, else by ours, which is
// fetched then.

/** @typedef {HTMLVideoElement | ImageBitmap} Seen */
/** @typedef {(seen: Seen, size: number) => Promise<string[]>} Finder what codes say in a picture, looked at so large */

/** @returns {Promise<Finder>} */
export async function finder() {
  const own = await built();
  if (own) return (seen) => own.detect(seen).then((found) => found.map(({ rawValue }) => rawValue));
  const { decodeQR } = await import("../vendor/qr/decode.js");
  const canvas = document.createElement("canvas");
  const on = canvas.getContext("2d", { willReadFrequently: true });
  return async (seen, size) => {
    const [wide, high] = seen instanceof HTMLVideoElement ? [seen.videoWidth, seen.videoHeight] : [seen.width, seen.height];
    const scale = Math.min(1, size / Math.max(wide, high, 1));
    [canvas.width, canvas.height] = [Math.round(wide * scale), Math.round(high * scale)];
    if (!on || !canvas.width || !canvas.height) return [];
    on.drawImage(seen, 0, 0, canvas.width, canvas.height);
    try {
      return [decodeQR(on.getImageData(0, 0, canvas.width, canvas.height))];
    } catch {
      return []; // no code, or one that can't be read
    }
  };
}

/** @typedef {{detect: (seen: Seen) => Promise<{rawValue: string}[]>}} Detector not in every browser, and not in its types */

/** @returns {Promise<Detector | null>} */
async function built() {
  const { BarcodeDetector: Own } = /** @type {any} */ (window);
  try {
    return (await Own?.getSupportedFormats())?.includes("qr_code") ? new Own({ formats: ["qr_code"] }) : null;
  } catch {
    return null; // it is named, and is not there
  }
}

const SIZES = [1000, 1800, 500]; // of a picture: a code in its corner, a code that fills it

/** What the codes in a picture say. @param {Blob} file */
export async function inPicture(file) {
  const [find, picture] = [await finder(), await createImageBitmap(file)];
  for (const size of SIZES) {
    const found = await find(picture, size);
    if (found.length) return found;
  }
  return [];
}
