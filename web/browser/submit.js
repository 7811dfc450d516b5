// Leads on to the gateway: sends the page's form, or follows its link.

// This page answers a POST. Its place in the history becomes an ordinary look at the same address, so that "back" from
// the gateway shows how the payment stands, and neither sends the form again nor asks whether to.
history.replaceState(null, '', location.href);
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) location.reload();
});

// The page to which the gateway sends the browser back does not know the link. This tab does, until it is closed.
try {
  sessionStorage.setItem('payPage', location.pathname + location.search);
} catch {
  // Where the browser keeps nothing, the page of the way back says how the payment stands.
}

const onward = document.querySelector('.onward');
// Called on the prototype, because a gateway may name a field "submit".
if (onward instanceof HTMLFormElement) HTMLFormElement.prototype.submit.call(onward);
else if (onward instanceof HTMLAnchorElement) location.assign(onward.href);
