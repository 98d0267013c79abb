// The size of the text, kept on this machine.
const SIZES = ["100", "125", "150", "200", "250", "300"];
const KEY = "invigil.text-size";

export function textSize(root, smaller, larger) {
  const step = (by) => {
    const at = SIZES.indexOf(root.dataset.text ?? "100");
    root.dataset.text = SIZES[Math.max(0, Math.min(SIZES.length - 1, at + by))];
    window.localStorage.setItem(KEY, root.dataset.text);
  };
  const kept = window.localStorage.getItem(KEY);
  root.dataset.text = SIZES.includes(kept) ? kept : "100";
  smaller.addEventListener("click", () => step(-1));
  larger.addEventListener("click", () => step(1));
}
