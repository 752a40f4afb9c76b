/** What the shop is tried with. */
export const OFFICE = {
  name: 'Office Berlin',
  street: 'Torstr. 1',
  postalCode: '10119',
  city: 'Berlin',
  country: 'DE',
}
export const HARBOUR = {
  name: 'Mallory',
  street: 'Hafenweg 9',
  postalCode: '20457',
  city: 'Hamburg',
  country: 'DE',
}
export const PAPER = {
  sku: 'printer-paper-a4',
  name: 'Printer paper A4, 2,500 sheets',
  unitMinor: 9120,
}
