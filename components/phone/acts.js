// What a group does at the wall: kept on the phone until the server has said what became of it.
import { call } from "./api.js";
import { tell } from "./bus.js";
import { read, work } from "./disk.js";
import { newId } from "./draw.js";

const MOST = 50;

/** Do something at the wall; it is sent now or when the network is back. */
export async function doAct(round, kind, fields) {
  const act = { id: newId(), kind, ...fields };
  await work(["acts"], async ({ acts }) => {
    // Behind all that wait, also within a millisecond and where the clock was set back.
    const at = (await acts.of(round)).reduce((latest, kept) => Math.max(latest, kept.at + 0.001), Date.now());
    await acts.put({ id: act.id, round, at, act });
  });
  tell("acts");
  return act.id;
}

/** The acts that the server has not answered yet. */
export async function actsWaiting(round) {
  return (await actsOf(round)).filter((kept) => !kept.refused);
}

/** Acts with words in them that the server refused, each with the sentence why: words go when their author says so. */
export async function actsRefused(round) {
  return (await actsOf(round)).filter((kept) => kept.refused);
}

/** A refused act is not needed any more. */
export async function forgetActs(...ids) {
  await work(["acts"], async ({ acts }) => {
    for (const id of ids) await acts.remove(id);
  });
  tell("acts");
}

async function actsOf(round) {
  const kept = await read(["acts"], ({ acts }) => acts.of(round));
  return kept.sort((one, other) => one.at - other.at);
}

/** Send what waits. Raises `Trouble`. */
export async function sendActs(round, token) {
  for (let waiting = await some(round); waiting.length && (await sendSome(waiting, token)); ) waiting = await some(round);
}

async function some(round) {
  return (await actsWaiting(round)).slice(0, MOST);
}

// What is answered goes, and what was refused is told with its sentence.
async function sendSome(waiting, token) {
  const answer = await call("POST", "/acts", { token, body: { acts: waiting.map((kept) => kept.act) }, shape: "received" });
  const done = new Set(answer.received.map((one) => one.id));
  const why = new Map(answer.refused.map((one) => [one.id, one.sentence]));
  const answered = waiting.filter(({ id }) => done.has(id) || why.has(id));
  await work(["acts"], async ({ acts }) => {
    for (const kept of answered) {
      if (why.has(kept.id) && kept.act.text) await acts.put({ ...kept, refused: why.get(kept.id) });
      else await acts.remove(kept.id);
    }
  });
  tell("wall", answer.refused);
  return answered.length > 0;
}
