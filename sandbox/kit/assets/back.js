// Sends the browser back to the merchant.
/** @type {HTMLFormElement} */ (document.getElementById('back')).submit();
