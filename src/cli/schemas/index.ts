import type { z } from "zod";
import { AddressAnswer } from "./address.ts";
import {
  AlertAnswer,
  AlertListAnswer,
  AlertPreviewAnswer,
  AlertSendAnswer,
  AlertShowAnswer,
  AnswerAssignAnswer,
  AnswerListAnswer,
  IncidentAnswer,
  IncidentListAnswer,
  IncidentShowAnswer,
  OutboxListAnswer,
  OutboxSendAnswer,
  OutboxStopAnswer,
  TaskDoneAnswer,
  TaskListAnswer,
} from "./alerting.ts";
import { BatchesListAnswer, BatchesRereadAnswer } from "./batches.ts";
import { CollectAnswer, FeedsListAnswer } from "./collect.ts";
import { DemoAnswer } from "./demo.ts";
import { FeedsAddAnswer, FeedsCatalogueAnswer } from "./feeds-catalogue.ts";
import { FeedsStatusAnswer } from "./feeds-status.ts";
import { FeedsTryAnswer } from "./feeds-try.ts";
import { IngestAnswer } from "./ingest.ts";
import {
  InstitutionAnswer,
  InstitutionImportAnswer,
  InstitutionListAnswer,
  InstitutionLookupAnswer,
  InstitutionRemoveAnswer,
  InstitutionVerifyAnswer,
} from "./institution.ts";
import { KeyNewAnswer } from "./key.ts";
import { QuarantineListAnswer, QuarantineRetryAnswer, QuarantineShowAnswer } from "./quarantine.ts";
import { RankAnswer } from "./rank.ts";
import {
  InhibitionAnswer,
  InhibitListAnswer,
  RouteAnswer,
  RulesActivateAnswer,
  RulesCheckAnswer,
  RulesDryRunAnswer,
  RulesListAnswer,
  RulesShowAnswer,
} from "./routing.ts";
import { RunAnswer } from "./run.ts";
import { SituationAnswer } from "./situation.ts";
import {
  DoctorAnswer,
  FailureAnswer,
  FeedFormatsAnswer,
  LocationImportAnswer,
  LocationShowAnswer,
} from "./upkeep.ts";

/** What each command prints with `--json`; `docs/schemas/NAME.schema.json` is made from it. */
export const answers = {
  "alert-ack": AlertAnswer,
  "alert-approve": AlertAnswer,
  "alert-hold": AlertAnswer,
  "alert-list": AlertListAnswer,
  "alert-preview": AlertPreviewAnswer,
  "alert-resend": AlertSendAnswer,
  "alert-resolve": AlertAnswer,
  "alert-send": AlertSendAnswer,
  "alert-show": AlertShowAnswer,
  "answer-assign": AnswerAssignAnswer,
  "answer-list": AnswerListAnswer,
  "batches-list": BatchesListAnswer,
  "batches-reread": BatchesRereadAnswer,
  collect: CollectAnswer,
  demo: DemoAnswer,
  doctor: DoctorAnswer,
  failure: FailureAnswer,
  "feeds-add": FeedsAddAnswer,
  "feeds-catalogue": FeedsCatalogueAnswer,
  "feeds-formats": FeedFormatsAnswer,
  "feeds-list": FeedsListAnswer,
  "feeds-status": FeedsStatusAnswer,
  "feeds-try": FeedsTryAnswer,
  "incident-assign": IncidentAnswer,
  "incident-close": IncidentAnswer,
  "incident-list": IncidentListAnswer,
  "incident-show": IncidentShowAnswer,
  ingest: IngestAnswer,
  "inhibit-add": InhibitionAnswer,
  "inhibit-list": InhibitListAnswer,
  "inhibit-remove": InhibitionAnswer,
  "institution-add": InstitutionAnswer,
  "institution-edit": InstitutionAnswer,
  "institution-import": InstitutionImportAnswer,
  "institution-list": InstitutionListAnswer,
  "institution-lookup": InstitutionLookupAnswer,
  "institution-remove": InstitutionRemoveAnswer,
  "institution-show": InstitutionAnswer,
  "institution-verify": InstitutionVerifyAnswer,
  "key-new": KeyNewAnswer,
  "location-import": LocationImportAnswer,
  "location-show": LocationShowAnswer,
  origin: AddressAnswer,
  "outbox-list": OutboxListAnswer,
  "outbox-send": OutboxSendAnswer,
  "outbox-start": OutboxStopAnswer,
  "outbox-stop": OutboxStopAnswer,
  "quarantine-list": QuarantineListAnswer,
  "quarantine-retry": QuarantineRetryAnswer,
  "quarantine-show": QuarantineShowAnswer,
  rank: RankAnswer,
  route: RouteAnswer,
  "rules-activate": RulesActivateAnswer,
  "rules-check": RulesCheckAnswer,
  "rules-dry-run": RulesDryRunAnswer,
  "rules-list": RulesListAnswer,
  "rules-show": RulesShowAnswer,
  run: RunAnswer,
  situation: SituationAnswer,
  "task-done": TaskDoneAnswer,
  "task-list": TaskListAnswer,
  victim: AddressAnswer,
} satisfies Record<string, z.ZodType>;
