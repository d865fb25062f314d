// A group's sorting as it is with the acts that the server has not answered yet. No DOM: it can be tried by itself.

/** The piles after `acts`, in their order: a card is in one at most. What cannot be done any more changes nothing. */
export function pilesAfter(piles, acts) {
  return acts.reduce((before, act) => (steps[act.kind] ?? same)(before, act), piles);
}

const same = (piles) => piles;

const steps = {
  sort: (piles, { cards, pile }) => (pile && !piles.some(({ id }) => id === pile) ? piles : put(piles, cards, pile)),
  pile: (piles, { pile, cards, text }) => put(piles.some(({ id }) => id === pile) ? piles : [...piles, { id: pile, name: text ?? "", cards: [] }], cards, pile),
  name_pile: (piles, { pile, text }) => piles.map((one) => (one.id === pile ? { ...one, name: text } : one)),
  join_piles: (piles, { into, pile }) => {
    const [whole, part] = [piles.find(({ id }) => id === into), piles.find(({ id }) => id === pile)];
    if (!whole || !part || whole === part) return piles;
    const joined = { ...whole, name: whole.name || part.name, cards: [...new Set([...whole.cards, ...part.cards])] };
    return piles.filter((one) => one !== part).map((one) => (one === whole ? joined : one));
  },
  take_pile: (piles, { pile }) => piles.filter(({ id }) => id !== pile),
};

function put(piles, cards, into) {
  const moved = new Set(cards);
  return piles.map((pile) =>
    pile.id === into
      ? { ...pile, cards: [...pile.cards, ...cards.filter((card) => !pile.cards.includes(card))] }
      : { ...pile, cards: pile.cards.filter((card) => !moved.has(card)) },
  );
}

/** The cards that are on no pile, in the order of the wall. */
export function unsortedOf(cards, piles) {
  const placed = new Set(piles.flatMap((pile) => pile.cards));
  return cards.filter((card) => !placed.has(card.id));
}
