// Goes on to the pay page, if this tab has been there on its way to the gateway.
try {
  const payPage = sessionStorage.getItem('payPage');
  sessionStorage.removeItem('payPage');
  if (payPage?.startsWith('/pay/')) location.replace(payPage);
} catch {
  // The page itself says how the payment stands.
}
