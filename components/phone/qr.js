// Draws a QR code, which another phone's own camera reads: bytes, error correction L, as ISO/IEC 18004 describes it.

// Of each version from 1 to 40 at level L: check words in a block, and blocks.
const CHECKS = [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, ...Array(14).fill(30)];
const BLOCKS = [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25];
const MASKS = [
  (x, y) => (x + y) % 2,
  (x, y) => y % 2,
  (x) => x % 3,
  (x, y) => (x + y) % 3,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
  (x, y) => ((x * y) % 2) + ((x * y) % 3),
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2,
];

/** The smallest code that holds `text`: rows of 1 (dark) and 0. `mask`: this one, else the best. Raises `RangeError`. */
export function qr(text, mask = null) {
  const bytes = new TextEncoder().encode(text);
  const version = smallest(bytes.length);
  const frame = patterns(version);
  place(frame, withChecks(words(bytes, version), version));
  if (mask !== null) return masked(frame, mask, version);
  const all = MASKS.map((_, one) => masked(frame, one, version));
  const marks = all.map(penalty);
  return all[marks.indexOf(Math.min(...marks))];
}

/**
 * The same as an SVG element with a quiet zone; always dark on white, since cameras look for that. At most `width` pixels
 * wide, and all squares of one size on the screen.
 */
export function qrDrawing(text, label, width) {
  const rows = qr(text);
  const size = rows.length + 8;
  const ratio = self.devicePixelRatio || 1;
  const wide = (Math.max(1, Math.floor((width * ratio) / size)) / ratio) * size;
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const part = (name, attributes) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    svg.append(made);
  };
  for (const [key, value] of Object.entries({ viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": label, class: "qr", "shape-rendering": "crispEdges", width: wide, height: wide })) svg.setAttribute(key, value);
  part("rect", { width: size, height: size, fill: "#fff" });
  const dark = rows.flatMap((row, y) => row.map((on, x) => (on ? `M${x + 4} ${y + 4}h1v1h-1z` : "")));
  part("path", { d: dark.join(""), fill: "#000" });
  return svg;
}

const sizeOf = (version) => version * 4 + 17;

function allWords(version) {
  const lines = version > 1 ? Math.floor(version / 7) + 2 : 0;
  const taken = lines ? (25 * lines - 10) * lines - 55 + (version > 6 ? 36 : 0) : 0;
  return Math.floor(((16 * version + 128) * version + 64 - taken) / 8);
}

const room = (version) => allWords(version) - CHECKS[version - 1] * BLOCKS[version - 1];

function smallest(length) {
  for (let version = 1; version <= 40; version += 1) {
    if (length + (version < 10 ? 2 : 3) <= room(version)) return version;
  }
  throw new RangeError("too long for a code");
}

function words(bytes, version) {
  const bits = [];
  const add = (value, n) => {
    for (let i = n - 1; i >= 0; i -= 1) bits.push((value >> i) & 1);
  };
  add(4, 4);
  add(bytes.length, version < 10 ? 8 : 16);
  for (const byte of bytes) add(byte, 8);
  add(0, 4);
  const made = [];
  for (let i = 0; i + 8 <= bits.length; i += 8) made.push(parseInt(bits.slice(i, i + 8).join(""), 2));
  for (let pad = 0xec; made.length < room(version); pad ^= 0xec ^ 0x11) made.push(pad);
  return made;
}

function times(a, b) {
  let product = 0;
  for (let i = 7; i >= 0; i -= 1) product = (product << 1) ^ ((product >> 7) * 0x11d) ^ (((b >> i) & 1) * a);
  return product;
}

function checks(data, n) {
  const divisor = [...Array(n - 1).fill(0), 1];
  for (let i = 0, root = 1; i < n; i += 1, root = times(root, 2)) {
    for (let j = 0; j < n; j += 1) divisor[j] = times(divisor[j], root) ^ (divisor[j + 1] ?? 0);
  }
  const rest = Array(n).fill(0);
  for (const word of data) {
    const factor = word ^ rest.shift();
    rest.push(0);
    divisor.forEach((one, i) => (rest[i] ^= times(one, factor)));
  }
  return rest;
}

// The blocks take turns: a scratch takes a little of each instead of one whole.
function withChecks(data, version) {
  const blocks = BLOCKS[version - 1];
  const short = Math.floor(data.length / blocks);
  const longer = data.length % blocks;
  const parts = [];
  for (let i = 0, at = 0; i < blocks; i += 1) {
    const end = at + short + (i >= blocks - longer ? 1 : 0);
    parts.push(data.slice(at, end));
    at = end;
  }
  const ends = parts.map((part) => checks(part, CHECKS[version - 1]));
  const turns = (lists) => Array.from({ length: Math.max(...lists.map((list) => list.length)) }, (_, i) => lists.map((list) => list[i])).flat();
  return [...turns(parts), ...turns(ends)].filter((word) => word !== undefined);
}

/** The parts that every code of a version has; null is where words go. */
function patterns(version) {
  const size = sizeOf(version);
  const frame = Array.from({ length: size }, () => Array(size).fill(null));
  const set = (x, y, on) => {
    if (frame[y]?.[x] !== undefined) frame[y][x] = on ? 1 : 0;
  };
  for (let i = 8; i < size - 8; i += 1) set(6, i, i % 2 === 0), set(i, 6, i % 2 === 0);
  for (const [left, top] of [[3, 3], [size - 4, 3], [3, size - 4]]) {
    for (let y = -4; y <= 4; y += 1) for (let x = -4; x <= 4; x += 1) set(left + x, top + y, ![2, 4].includes(Math.max(Math.abs(x), Math.abs(y))));
  }
  const lines = alignments(version);
  for (const x of lines) {
    for (const y of lines) {
      const corner = (x === 6 && y === 6) || (x === 6 && y === size - 7) || (x === size - 7 && y === 6);
      if (!corner) for (let i = -2; i <= 2; i += 1) for (let j = -2; j <= 2; j += 1) set(x + i, y + j, Math.max(Math.abs(i), Math.abs(j)) !== 1);
    }
  }
  format(frame, 0);
  if (version > 6) {
    let rest = version;
    for (let i = 0; i < 12; i += 1) rest = (rest << 1) ^ ((rest >> 11) * 0x1f25);
    const bits = (version << 12) | rest;
    for (let i = 0; i < 18; i += 1) {
      const [near, far] = [Math.floor(i / 3), size - 11 + (i % 3)];
      set(far, near, (bits >> i) & 1), set(near, far, (bits >> i) & 1);
    }
  }
  return frame;
}

function alignments(version) {
  if (version === 1) return [];
  const n = Math.floor(version / 7) + 2;
  const step = Math.floor((version * 8 + n * 3 + 5) / (n * 4 - 4)) * 2;
  return [6, ...Array.from({ length: n - 1 }, (_, i) => sizeOf(version) - 7 - i * step).reverse()];
}

function format(frame, mask) {
  const size = frame.length;
  const data = (1 << 3) | mask;
  let rest = data;
  for (let i = 0; i < 10; i += 1) rest = (rest << 1) ^ ((rest >> 9) * 0x537);
  const bits = ((data << 10) | rest) ^ 0x5412;
  for (let i = 0; i < 15; i += 1) {
    const on = (bits >> i) & 1;
    if (i < 6) frame[i][8] = on;
    else if (i < 8) frame[i + 1][8] = on;
    else if (i === 8) frame[8][7] = on;
    else frame[8][14 - i] = on;
    if (i < 8) frame[8][size - 1 - i] = on;
    else frame[size - 15 + i][8] = on;
  }
  frame[size - 8][8] = 1;
}

// Up and down in pairs of columns from the right; words are marked 2 and 3 until a mask has turned them.
function place(frame, data) {
  const size = frame.length;
  let at = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step += 1) {
      for (const x of [right, right - 1]) {
        const y = ((right + 1) & 2) === 0 ? size - 1 - step : step;
        if (frame[y][x] !== null) continue;
        frame[y][x] = 2 + (at < data.length * 8 ? (data[at >> 3] >> (7 - (at & 7))) & 1 : 0);
        at += 1;
      }
    }
  }
}

function masked(frame, mask) {
  const turned = frame.map((row, y) => row.map((on, x) => (on > 1 ? (on - 2) ^ (MASKS[mask](x, y) === 0 ? 1 : 0) : on)));
  format(turned, mask);
  return turned;
}

// What makes a code hard to read: long runs, blocks, what looks like a corner, too much of one colour.
function penalty(rows) {
  const lines = [...rows, ...rows.map((_, x) => rows.map((row) => row[x]))].map((row) => row.join(""));
  let marks = 0;
  for (const line of lines) {
    for (const run of line.match(/0{5,}|1{5,}/g) ?? []) marks += run.length - 2;
    marks += 40 * (line.match(/(?=10111010000|00001011101)/g) ?? []).length;
  }
  for (let y = 1; y < rows.length; y += 1) {
    for (let x = 1; x < rows.length; x += 1) {
      if (new Set([rows[y][x], rows[y - 1][x], rows[y][x - 1], rows[y - 1][x - 1]]).size === 1) marks += 3;
    }
  }
  const dark = rows.flat().reduce((sum, on) => sum + on, 0) / rows.length ** 2;
  return marks + 10 * Math.floor(Math.abs(dark - 0.5) * 20);
}
