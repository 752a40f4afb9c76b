/** A request's page. Other texts than a number that is given never reach the store. */
export const REQUEST = '/requests/:id(^HP-\\d{1,12}$)'
