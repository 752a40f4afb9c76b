/** A shop's checkout with one of each: items, totals, secret fields, consent, small print. */
export const CHECKOUT_PAGE = `<!doctype html><html lang="en"><head><title>Checkout · Paper Shop</title><style>
body{font:16px/1.5 "DejaVu Sans",sans-serif;margin:0;background:#f6f7f9;color:#1c2430}
header{background:#fff;border-bottom:1px solid #dde2e8;padding:14px 40px;font-weight:700}
main{display:grid;grid-template-columns:1fr 400px;gap:32px;max-width:1120px;margin:24px auto;padding:0 24px}
section,aside{background:#fff;border:1px solid #dde2e8;border-radius:10px;padding:18px 22px}
label{display:block;font-size:13px;margin:8px 0}
input:not([type=checkbox]),select{display:block;width:100%;box-sizing:border-box;padding:7px 9px;border:1px solid #b6c0cc;border-radius:6px;font:inherit}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:0 14px}
table{width:100%;border-collapse:collapse}td,th{padding:6px 0;text-align:left}td:last-child,th:last-child{text-align:right}
.sum{display:flex;justify-content:space-between;padding:4px 0}.grand{font-weight:700;font-size:20px;border-top:1px solid #dde2e8;margin-top:8px}
button.buy{width:100%;margin-top:14px;padding:13px;border:0;border-radius:8px;background:#0b6b3a;color:#fff;font:700 17px inherit;font-family:inherit}
h1{font-size:22px;margin:0 0 8px}h2{font-size:17px;margin:4px 0 8px}small{color:#5b6675}
</style></head><body><header>Paper Shop</header>
<form id="checkout" action="/orders?session=abc" method="post"><main><section>
<h1>Checkout</h1>
<input type="hidden" name="csrf_token" value="hiddenCsrf9f8e7d6c5b4a39281706">
<input type="hidden" name="order_total_cents" value="18240">
<h2>Delivery</h2>
<div class="pair"><label>Full name <input name="name" autocomplete="name" value="Ada Lovelace"></label>
<label>E-mail <input name="email" type="email" value="ada@example.com"></label></div>
<label>Street <input name="street" value="Torstr. 1"></label>
<div class="pair"><label>City <input name="city" value="Berlin"></label>
<label>Country <select name="country"><option>France<option selected>Germany</select></label></div>
<h2>Payment</h2>
<label>Card number <input name="cardnumber" autocomplete="cc-number" inputmode="numeric" value="4242 4242 4242 4242"></label>
<div class="pair"><label>Expiry <input name="exp" autocomplete="cc-exp" value="12/34"></label>
<label>CVC <input name="cvc" autocomplete="cc-csc" value="737"></label></div>
<div class="pair"><label>Account password <input type="password" name="pw" value="hunter2-Blue"></label>
<label>IBAN for refunds <input name="refund_iban" value="DE89 3704 0044 0532 0130 00"></label></div>
<p id="plain">Saved card 5555 5555 5555 4444, CVC: 911, pays from GB82 WEST 1234 5698 7654 32</p>
</section><aside><h2>Your order</h2>
<table><thead><tr><th>Item</th><th>Qty</th><th>Total</th></tr></thead><tbody>
<tr><td>Printer paper A4</td><td>2</td><td>€150.00</td></tr>
<tr><td>Ball pens, blue</td><td>1</td><td>€12.50</td></tr></tbody></table>
<div class="sum"><span>Subtotal</span><span>€162.50</span></div>
<div class="sum"><span>Shipping</span><span>€4.90</span></div>
<div class="sum"><span>VAT</span><span>€15.00</span></div>
<div class="sum grand"><span>Total</span><span>€182.40</span></div>
<label><input type="checkbox" name="terms" checked> I agree to the terms and conditions</label>
<button class="buy" id="buy" type="submit">Place order · €182.40</button>
<p><small>By placing the order you authorise us to charge your card. Returns within 14 days.</small></p>
</aside></main></form></body></html>`
