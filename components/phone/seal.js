// Seals notes for the way through other hands: only the server opens them. Written without WebCrypto, which plain http
// does not have. What is in a packet is described in app/observation/rescued.py.
const K = primes(64).map((p) => Math.floor((Math.cbrt(p) % 1) * 2 ** 32) >>> 0);
const START = primes(8).map((p) => Math.floor((Math.sqrt(p) % 1) * 2 ** 32) >>> 0);

function primes(n) {
  const found = [];
  for (let candidate = 2; found.length < n; candidate += 1) {
    if (found.every((p) => candidate % p)) found.push(candidate);
  }
  return found;
}

/** SHA-256 (FIPS 180-4) of some bytes. */
export function sha256(bytes) {
  const padded = new Uint8Array((((bytes.length + 8) >> 6) + 1) * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, bytes.length << 3);
  const state = new Uint32Array(START);
  const w = new Uint32Array(64);
  const turn = (x, n) => (x >>> n) | (x << (32 - n));
  for (let at = 0; at < padded.length; at += 64) {
    for (let i = 0; i < 64; i += 1) {
      if (i < 16) {
        w[i] = view.getUint32(at + i * 4);
        continue;
      }
      const [a, b] = [w[i - 15], w[i - 2]];
      w[i] = w[i - 16] + w[i - 7] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i += 1) {
      const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => (state[i] += word));
  }
  const made = new DataView(new ArrayBuffer(32));
  state.forEach((word, i) => made.setUint32(i * 4, word));
  return new Uint8Array(made.buffer);
}

/** HMAC with SHA-256 (RFC 2104). */
export function hmac(key, bytes) {
  const block = new Uint8Array(64);
  block.set(key.length > 64 ? sha256(key) : key);
  const inner = sha256(joined(block.map((byte) => byte ^ 0x36), bytes));
  return sha256(joined(block.map((byte) => byte ^ 0x5c), inner));
}

/** These notes as a packet of the phone that has this token; base64url. */
export async function seal(token, notes) {
  const dot = token.indexOf(".");
  const round = utf8(token.slice(0, dot));
  const device = utf8([...sha256(utf8(token.slice(dot + 1)))].map((byte) => byte.toString(16).padStart(2, "0")).join(""));
  const key = hmac(device, utf8("rounds rescued notes"));
  const own = (use) => hmac(key, utf8(use));
  const [packed, plain] = await pack(utf8(JSON.stringify({ notes })));
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const head = joined([1, packed ? 1 : 0, round.length], round, own("who").slice(0, 8), nonce);
  const signed = joined(head, turned(plain, own("hide"), nonce));
  return base64(joined(signed, hmac(own("sign"), signed).slice(0, 16)));
}

function turned(text, key, nonce) {
  const made = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 32) {
    const n = at / 32;
    const mask = hmac(key, joined(nonce, [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]));
    for (let i = at; i < Math.min(at + 32, text.length); i += 1) made[i] = text[i] ^ mask[i - at];
  }
  return made;
}

async function pack(bytes) {
  if (!("CompressionStream" in self)) return [false, bytes];
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
    return [true, new Uint8Array(await new Response(stream).arrayBuffer())];
  } catch {
    return [false, bytes]; // a browser whose streams know gzip only
  }
}

function joined(...parts) {
  const made = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    made.set(part, at);
    at += part.length;
  }
  return made;
}

const utf8 = (text) => new TextEncoder().encode(text);

function base64(bytes) {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
