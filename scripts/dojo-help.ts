export const HELP = `Runs a simulated Dojo with a believable shop's day, on 127.0.0.1 only.

  npm run dojo -- [--port 4010] [--seed 1] [--zone Europe/London] [--keys key1,key2] [--payments N] [--holds N]
                  [--charges] [--links N] [--quiet-shop] [--set name=value]…

  --keys        API keys it accepts; each but the first opens an account of its own, which is empty
  --payments    exactly so many payments          --holds   exactly so many open holds
  --charges     service charge, cashback, held tips and totals that differ on some of them
  --links       so many links of the last thirty days: unpaid, paid days later, paid while it runs
  --quiet-shop  nobody comes while it runs; else a customer every 15 to 40 seconds
  --set         plays a point that Dojo's documents leave open the other way; as often as there are points

Point a development build of Tillside at it with TILLSIDE_DOJO_URL. docs/simulated-dojo.md tells what each switch and fault is.

While it runs:
  GET    /_training/              this list
  GET    /_training/journal       what was asked, newest last (?last=20)
  GET    /_training/ledger        every movement of money (?payment=pi_…)
  GET    /_training/payments      id, mode, status, amount, tips, service charge, cashback, currency, reference
  POST   /_training/payments      one more: {"amountMinor":5000,"captureMode":"Manual","serviceChargeMinor":625,"createdAgoMs":0,"paidAgoMs":null,"paysInMs":60000}
                                  captured in parts already: {"amountMinor":10000,"captureMode":"Manual","paidAgoMs":3600000,"captured":{"times":900,"amountMinor":5}}
  GET    /_training/faults        what is ordered and not yet played
  POST   /_training/faults        order one: {"kind":"reset-after-commit","match":{"operation":"capture"},"skip":0,"times":1}
  DELETE /_training/faults        clear them
  GET    /_training/switches      all of them
  POST   /_training/switches      change some: {"partCaptureTurnsCaptured":true,"searchLagMs":5000}
  POST   /_training/refusing      refuse from now on: {"status":403,"match":{"operation":"capture"},"forMs":120000,"retryAfter":180}
  DELETE /_training/refusing      mend it
  POST   /_training/line          take the line down for a while: {"downMs":10000}
  POST   /_training/pay           let a customer pay: {"paymentId":"pi_…"}
  POST   /_training/elsewhere     another till: {"do":"capture","paymentId":"pi_…","amountMinor":2000,"tipsMinor":200} (capture, refund, reverse, cancel)

Kinds of faults: delay-before, delay-after-commit (ms) · drop-before, drop-after-commit · reset-before, reset-after-commit ·
status-before, status-after-commit (status, retryAfter) · throttle (retryAfterSeconds) · html-before, html-after-commit (status, retryAfter) ·
empty-before, empty-after-commit (status, retryAfter) · late (ms, hears: silence, reset, page) · malformed-before, malformed-after-commit ·
cut-short · trickle (bytesPerStep, everyMs) · huge · double (hears) · repeated-cursor · outcome (outcome: Successful, Declined, Failed)
Match by operation, movesMoney, method, path (a part of it), paymentId, version. A fault is played once; else times, untilCleared or forMs.

Switches, the default first:
  captures  captureExtras=in-amount|released|added captureTipsApart=false tooLargeCapture=by-amount|400|409 partCaptureTurnsCaptured=false
            partCaptureReleasesRest=false holdEndTurnsReversed=false captureShowsAtOnce=false bankAnswersAfterMs=[]
            captureHonoursIdempotencyKey=false captureIds=named|null|absent
  amounts   totalAmountCounts=all|without-tips|amount holdsTotalAmount=false
  refunds   refundCounts=all|without-cashback|amount-and-tips refundKeysKeptMs=null refundInProgressMs=0 repeatedRefund=same|conflict
            refundLimitBeforeKey=false
  reversals reverseCreatedAllowed=false releaseEarlierDayAllowed=true
  payments  holdShowsPaymentDetails=true paymentDetailsLateMs=0 autoSettleMs=0 holdCountsFromCreation=false undocumentedFields=false
            updatedAt=moves|not-by-refunds|not-by-captures|servers-apart|never|absent updatedAtOf=null
  searches  searchDatesMeanUpdated=false searchOldestFirst=false searchLagMs=0 searchCaptures=listed|null|absent stableCursors=false
  answers   answerIds=named|null|absent refusing=[] dateOffsetsMs=[0] dateLeftOut=false
`;
