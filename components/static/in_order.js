// What is typed and pressed before the line stands goes out in its order. NiceGUI lets each event ask for itself, every
// ten milliseconds, whether it may go: of a word that was typed meanwhile an earlier half could arrive last, and a press
// before the words. Socket.io keeps what comes early in a row, and the server takes no line before its page is known; but
// for a page that the browser fetched before anybody asked for it, which says who it is when the line stands.
let done = false;
Object.defineProperty(window, "did_handshake", {
  get: () => done || Boolean(window.socket?.io.opts.query.implicit_handshake),
  set: (value) => (done = value),
});
