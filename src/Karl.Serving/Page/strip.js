// All positions of the budget in a row: kept or halted, and how sure the model is. One stop for the keyboard, arrows inside.

export class Strip {
  #cells = [];
  #positions = [];
  #selected = -1;
  #changed;

  constructor(element, identifier, changed) {
    this.element = element;
    this.#changed = changed;
    element.classList.add("strip");
    element.setAttribute("role", "listbox");
    element.tabIndex = 0;
    element.addEventListener("keydown", event => this.#key(event));
    element.addEventListener("click", event => {
      const place = this.#positions.indexOf(Number(event.target.closest("[role=option]")?.dataset.position ?? -1));
      this.select(place === this.#selected ? -1 : place);
    });
    this.identifier = identifier;
  }

  /** Which of the kept tokens is selected, from 0; -1 for none. */
  get selected() {
    return this.#selected;
  }

  /** Shows a sequence. */
  show(positions, budget, maximum, halting, colourOf) {
    this.#positions = positions;
    this.#selected = -1;
    this.#grow(maximum);
    const kept = new Map(positions.map((position, index) => [position, index]));
    this.#cells.forEach((cell, position) => {
      const index = kept.get(position), isKept = index !== undefined, sure = halting ? 1 - halting[position] : isKept ? 1 : 0;
      cell.className = isKept ? "kept" : position >= budget ? "beyond" : "halted";
      cell.style.setProperty("--share", position >= budget ? 0 : Math.max(isKept ? 0.2 : 0.06, sure));
      cell.style.setProperty("--token", isKept ? colourOf(index) : "transparent");
      const state = isKept ? "kept" : position >= budget ? "beyond the budget" : "halted";
      cell.title = halting && position < budget ? `Token ${position}: ${state}; not needed with probability ${halting[position].toFixed(2)}` : `Token ${position}: ${state}`;
      cell.setAttribute("aria-label", cell.title);
      cell.setAttribute("aria-selected", "false");
    });
    this.element.removeAttribute("aria-activedescendant");
  }

  /** Selects one of the kept tokens, or none. */
  select(index) {
    const before = this.#cells[this.#positions[this.#selected]], after = this.#cells[this.#positions[index]];
    before?.setAttribute("aria-selected", "false");
    after?.setAttribute("aria-selected", "true");
    if (after) this.element.setAttribute("aria-activedescendant", after.id);
    else this.element.removeAttribute("aria-activedescendant");
    this.#selected = index;
    this.#changed(index);
  }

  #grow(count) {
    if (this.#cells.length === count) return;
    this.#cells = Array.from({ length: count }, (_, position) => {
      const cell = document.createElement("div");
      cell.id = `${this.identifier}-${position}`;
      cell.dataset.position = position;
      cell.setAttribute("role", "option");
      cell.append(document.createElement("i"));
      return cell;
    });
    this.element.classList.toggle("many", count > 96);
    this.element.replaceChildren(...this.#cells);
  }

  #key(event) {
    const last = this.#positions.length - 1;
    const next = {
      ArrowRight: Math.min(last, this.#selected + 1),
      ArrowLeft: Math.max(0, this.#selected - 1),
      Home: 0,
      End: last,
      Escape: -1,
    }[event.key];
    if (next === undefined || last < 0) return;
    event.preventDefault();
    this.select(next);
  }
}
