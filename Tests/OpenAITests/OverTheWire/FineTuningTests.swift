import Foundation
import OpenAI
import TestSupport
import Testing

@Suite struct FineTuningTests {
    private static let created = #"""
        {"id":"ftjob-1","object":"fine_tuning.job","model":"gpt-4.1-mini-2025-04-14","created_at":1795219200,
         "finished_at":null,"fine_tuned_model":null,"organization_id":"org-1","result_files":[],
         "status":"validating_files","validation_file":null,"training_file":"file-t1",
         "hyperparameters":{"n_epochs":"auto"},"trained_tokens":null,"error":{},"seed":42,"estimated_finish":null,
         "integrations":[],"metadata":null,"method":{"type":"supervised"}}
        """#

    @Test func createsAJobWithItsFieldsOnly() async throws {
        try await withAPI(.body(Self.created)) { api in
            let request = FineTuningRequest(
                model: "gpt-4.1-mini-2025-04-14",
                trainingFile: "file-t1",
                suffix: "kb",
                metadata: ["a": "b"]
            )
            let job = try await api.client.fineTuning.create(request)
            #expect(job.id == "ftjob-1" && job.status == .validatingFiles && !job.status.isFinal)
            #expect(job.fineTunedModel == nil && job.failure == nil && job.metadata.isEmpty)
            #expect(job.trainingFile == "file-t1" && job.createdAt?.timeIntervalSince1970 == 1_795_219_200)
            #expect(api.requests.first?.line == "POST /v1/fine_tuning/jobs HTTP/1.1")
            #expect(
                api.requests.first?.text
                    == #"{"metadata":{"a":"b"},"model":"gpt-4.1-mini-2025-04-14","suffix":"kb","training_file":"file-t1"}"#
            )
        }
    }

    @Test func decodesTheEndOfAJob() async throws {
        let failed =
            #"{"id":"f","status":"failed","error":{"code":"invalid_training_file","message":"m","param":null}}"#
        let done =
            #"{"id":"f","status":"succeeded","fine_tuned_model":"ft:m:org::x","trained_tokens":7,"finished_at":9}"#
        try await withAPI(.body(failed), .body(done), .body(#"{"id":"f","status":"cancelled"}"#)) { api in
            let failure = try await api.client.fineTuning.retrieve("f")
            #expect(failure.status.isFinal && failure.failure?.code == "invalid_training_file")
            let success = try await api.client.fineTuning.retrieve("f")
            #expect(success.fineTunedModel == "ft:m:org::x" && success.trainedTokens == 7 && success.finishedAt != nil)
            #expect(try await api.client.fineTuning.cancel("f").status == .cancelled)
            #expect(
                api.requests.map(\.line) == [
                    "GET /v1/fine_tuning/jobs/f HTTP/1.1", "GET /v1/fine_tuning/jobs/f HTTP/1.1",
                    "POST /v1/fine_tuning/jobs/f/cancel HTTP/1.1",
                ]
            )
        }
    }

    @Test func listsJobsEventsAndCheckpoints() async throws {
        let jobs = [
            #"{"data":[{"id":"f2","status":"queued"}],"has_more":true}"#,
            #"{"data":[{"id":"f1","status":"paused"}],"has_more":false}"#,
        ]
        let events = #"""
            {"data":[{"id":"e2","created_at":2,"level":"info","message":"Step 3/9","type":"metrics",
             "data":{"step":3,"train_loss":0.5,"total_steps":9}},
             {"id":"e1","level":"warn","message":"Odd","data":[]}],"has_more":false}
            """#
        let checkpoints = #"{"data":[{"id":"c","fine_tuned_model_checkpoint":"ft:m:org::x:ckpt","step_number":3}]}"#
        try await withAPI(.body(jobs[0]), .body(jobs[1]), .body(events), .body(checkpoints)) { api in
            let all = try await api.client.fineTuning.all().collect()
            #expect(all.map(\.id) == ["f2", "f1"])
            let found = try await api.client.fineTuning.events(of: "f2", limit: 50).data
            #expect(found.map(\.step) == [3, nil] && found.map(\.totalSteps) == [9, nil] && found[1].level == "warn")
            let made = try await api.client.fineTuning.checkpoints(of: "f2").data
            #expect(made.map(\.model) == ["ft:m:org::x:ckpt"] && made.map(\.step) == [3])
            #expect(
                api.requests.map(\.line) == [
                    "GET /v1/fine_tuning/jobs?limit=100 HTTP/1.1",
                    "GET /v1/fine_tuning/jobs?limit=100&after=f2 HTTP/1.1",
                    "GET /v1/fine_tuning/jobs/f2/events?limit=50 HTTP/1.1",
                    "GET /v1/fine_tuning/jobs/f2/checkpoints HTTP/1.1",
                ]
            )
        }
    }

    @Test func aCreationIsNotRepeated() async throws {
        try await withAPI(.error(500), .body(Self.created)) { api in
            let error = try await openAIError {
                _ = try await api.client.fineTuning.create(FineTuningRequest(model: "m", trainingFile: "f"))
            }
            #expect(error?.code == .serverError && error?.call == "POST /v1/fine_tuning/jobs")
            #expect(api.requests.count == 1)
        }
    }

    @Test func errorsNameTheCallWithoutTheJob() async throws {
        try await withAPI(.error(404)) { api in
            let error = try await openAIError { _ = try await api.client.fineTuning.events(of: "ftjob-secret") }
            #expect(error?.call == "GET /v1/fine_tuning/jobs/…/events")
        }
    }
}
