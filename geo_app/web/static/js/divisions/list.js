/** Opening and closing all branches of the tree. */

const branches = () => document.querySelectorAll("#tree details");

for (const [button, open] of [["#open-all", true], ["#close-all", false]]) {
  document.querySelector(button)?.addEventListener("click", () => branches().forEach((branch) => { branch.open = open; }));
}
