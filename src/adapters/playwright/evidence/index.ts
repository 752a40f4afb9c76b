export { altTextOf } from './alt-text.ts'
export {
  type Capture,
  type CapturedPicture,
  type CaptureOptions,
  capturePicture,
} from './capture.ts'
export { PageUnreadable, TargetUnclear } from './deadline.ts'
export {
  createPageReader,
  type FormEntry,
  type PageEvent,
  type PageReader,
  type PageReaderOptions,
  type PageRects,
  type ReadHow,
  type ReadOptions,
  type ReadTarget,
} from './page-reader.ts'
export {
  type PaintedEvidence,
  type PaintedPicture,
  type PaintOptions,
  paintPicture,
} from './paint.ts'
export type { StripFacts } from './strip.ts'
export {
  type CapturedEvidence,
  captureEvidence,
  type EvidenceRequest,
  finishEvidence,
  type TakenEvidence,
  takeEvidence,
  unreadableReading,
} from './take-evidence.ts'
