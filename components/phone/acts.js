// What a group does at the wall: kept on the phone until the server has said what became of it.
import { call } from "./api.js";
import { tell } from "./bus.js";
import { read, work } from "./disk.js";
import { newId } from "./draw.js";

const MOST = 50;

/** Do something at the wall; it is sent now or when the network is back. */
export async function doAct(round, kind, fields) {
  const act = { id: newId(), kind, ...fields };
  await work(["acts"], ({ acts }) => acts.put({ id: act.id, round, at: Date.now(), act }));
  tell("acts");
  return act.id;
}

/** The acts that the server has not answered yet. */
export async function actsWaiting(round) {
  const kept = await read(["acts"], ({ acts }) => acts.of(round));
  return kept.sort((one, other) => one.at - other.at);
}

/** Send what waits; what is answered goes, and what was refused is told with its sentence. Raises `Trouble`. */
export async function sendActs(round, token) {
  const waiting = (await actsWaiting(round)).slice(0, MOST);
  if (!waiting.length) return false;
  const answer = await call("POST", "/acts", { token, body: { acts: waiting.map((kept) => kept.act) }, shape: "received" });
  const answered = [...answer.received, ...answer.refused].map((one) => one.id);
  await work(["acts"], async ({ acts }) => {
    for (const id of answered) await acts.remove(id);
  });
  tell("wall", answer.refused);
  return answered.length > 0;
}
