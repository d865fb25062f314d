// What is long on the wall is set in smaller letters, and cut only where the smallest do not fit either.
export const fitted = {
  mounted() {
    this.watched = new ResizeObserver(() => this.fitAll());
    this.watched.observe(this.$el);
    document.fonts.ready.then(() => this.fitAll());
  },
  updated() {
    this.fitAll();
  },
  unmounted() {
    this.watched.disconnect();
  },
  methods: {
    // `data-steps="3"` in the template: the style has `data-fit` 0 (its full size) to 3 (the smallest) for this place.
    fitAll() {
      for (const place of this.$el.querySelectorAll("[data-steps]")) {
        const texts = [place, ...place.querySelectorAll("[data-whole]")];
        for (let step = 0; step <= Number(place.dataset.steps); step += 1) {
          place.dataset.fit = step;
          if (texts.every((text) => text.scrollHeight <= text.clientHeight + 2)) break;
        }
      }
    },
  },
};
