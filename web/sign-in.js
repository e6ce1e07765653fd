// After a wrong key the server sends the form back with "?wrong"; and the colours are those chosen on the pages.
if (location.search === "?wrong") {
  const said = document.getElementById("wrong");
  said.hidden = false;
  said.textContent = "That key is not known here. Is it whole, still valid, and of this server?";
}
try {
  const look = localStorage.getItem("look");
  if (look) document.documentElement.dataset.look = look;
} catch { /* a browser that keeps nothing */ }
