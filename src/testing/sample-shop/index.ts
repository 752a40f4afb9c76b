export { startSampleShop } from './start.ts'
export {
  CHECKOUT_FLOWS,
  type CheckoutFlow,
  type Misbehaviour,
  type SampleShop,
  type SampleShopOptions,
  type ShopAddress,
  type ShopOrder,
  type ShopOrderLine,
  type ShopRequest,
} from './types.ts'
