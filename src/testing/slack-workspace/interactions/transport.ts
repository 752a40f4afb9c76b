import type { Delivery } from '../deliveries.ts'

/** What the app answered to one interaction. */
export type TransportAnswer = Pick<Delivery, 'status' | 'answer' | 'socket'>

/** An interaction packed for the way: the same bytes can be sent again. */
export type Parcel = Pick<Delivery, 'transport' | 'headers' | 'body'>

export interface Signing {
  readonly timestampOffsetMs: number
  readonly badSignature: boolean
}

/** The seam between what happened in the workspace and how the app hears of it. */
export interface Transport {
  pack(payload: Readonly<Record<string, unknown>>, signing: Signing): Parcel
  /** Ends within the time that Slack gives an app to acknowledge. */
  send(parcel: Parcel): Promise<TransportAnswer>
}

/** An app has either a Request URL or Socket Mode. A parcel goes the way that it was packed for. */
export function chosenTransport(
  transports: Readonly<Record<Parcel['transport'], Transport>>,
  choose: () => Parcel['transport'],
): Transport {
  return {
    pack: (payload, signing) => transports[choose()].pack(payload, signing),
    send: (parcel) => transports[parcel.transport].send(parcel),
  }
}
