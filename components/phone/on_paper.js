// A room without phones: the visit is written on paper, and the phone reminds of it afterwards.
import { button, fill, h, say } from "./draw.js";
import { notesOf } from "./outbox.js";
import { changeRound, session } from "./session.js";
import { _ } from "./texts.js";

/** Offer to write later into `place`; where that was taken up, say how it goes on. */
export async function offer(place, number, go) {
  if ((await notesOf(session.id)).some((note) => note.classroom === number)) return;
  if (session.onPaper?.includes(number)) return void fill(place, h("p", {}, _("You write on paper in this room. Type it in here after the visit.")));
  const later = async () => {
    await changeRound(session.id, ({ onPaper = [] }) => ({ onPaper: [...new Set([...onPaper, number])] }));
    await go("rooms");
    say(_("Put the phone away. After the visit a line here reminds you."));
  };
  place.append(button(_("Write later"), later, { class: "primary" }));
}
