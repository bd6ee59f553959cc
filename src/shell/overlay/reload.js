// Reloads the page when the site that it was made from is no longer the present one.
{
  const mine = document.currentScript.dataset.version;
  const events = new EventSource("/_metodika/events");
  events.onmessage = ({ data }) => {
    if (data === mine) return;
    events.close();
    location.reload();
  };
  // A page that is kept in memory while another is looked at must not hold a connection: a browser has six.
  addEventListener("pagehide", () => events.close());
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
}
