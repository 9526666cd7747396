// Plays the relay with @grpc/grpc-js: hands events to the sidecar, watches the results and prints
// `satisfied <event id>` for each event as it is released.
//
//   node client.mjs --address 127.0.0.1:9000 --proto ../../../proto \
//     --pending state.json --known announcement.json [--deadline 60] [--consumer relay]
//
// --pending and --known may be given more than once. Each names a file, or `-` for standard input,
// with one event or an array of events. Events that nobody waits for here are printed as
// `other <event id>`. With --consumer each result is acknowledged under that name once it is printed,
// and the stream starts behind what was acknowledged before. Ends with 0 once every pending event is satisfied, with 1
// if one expires or is rejected, if the deadline (seconds) passes, or if the sidecar does not answer.
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: {
    address: { type: 'string' },
    proto: { type: 'string' },
    pending: { type: 'string', multiple: true, default: [] },
    known: { type: 'string', multiple: true, default: [] },
    deadline: { type: 'string', default: '60' },
    consumer: { type: 'string', default: '' },
  },
});

function readEvents(files) {
  return files
    .flatMap((file) => JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8')))
    .map((event) => JSON.stringify(event));
}

function loadService(directory) {
  const definition = protoLoader.loadSync('purgatory/sync/v1/purgatory_sync.proto', {
    includeDirs: [directory],
    keepCase: true,
    enums: String,
    longs: String,
    defaults: true,
    oneofs: true,
  });
  return grpc.loadPackageDefinition(definition).purgatory.sync.v1.PurgatorySyncService;
}

function enqueue(client, request, deadline) {
  return new Promise((resolve, reject) => {
    client.EnqueueSync(request, { deadline }, (error, response) =>
      error ? reject(error) : resolve(response.events.map((event) => event.event_id)),
    );
  });
}

function acknowledge(client, consumer, token, deadline) {
  return new Promise((resolve, reject) => {
    client.AckSyncResults({ consumer, resume_token: token }, { deadline }, (error) =>
      error ? reject(error) : resolve(),
    );
  });
}

// A watch without a token starts at the oldest retained result: nothing is lost in between.
// It starts behind what the consumer acknowledged, if there is one: what this process had not dealt
// with when it ended comes again.
async function untilSatisfied(client, eventIds, consumer, deadline) {
  const waiting = new Set(eventIds);
  const results = client.WatchSyncResults({ consumer }, { deadline });
  // The loop throws the errors that matter; this one hears the cancellation after the loop.
  results.on('error', () => {});
  try {
    for await (const { result, resume_token: token } of results) {
      for (const id of result?.event_ids ?? []) {
        if (!waiting.delete(id)) {
          console.log(`other ${id}`);
          continue;
        }
        if (result.outcome !== 'SYNC_OUTCOME_SATISFIED') {
          throw new Error(`${id} left with ${result.outcome}`);
        }
        console.log(`satisfied ${id}`);
      }
      if (consumer && result) {
        await acknowledge(client, consumer, token, deadline);
      }
      if (waiting.size === 0) {
        return;
      }
    }
  } finally {
    results.cancel();
  }
  throw new Error('the stream of results ended early');
}

const deadline = Date.now() + Number(options.deadline) * 1000;
const Service = loadService(options.proto);
const client = new Service(options.address, grpc.credentials.createInsecure());
try {
  const request = {
    pending_events: readEvents(options.pending),
    known_events: readEvents(options.known),
    delay: { seconds: 0, nanos: 0 },
  };
  const eventIds = await enqueue(client, request, deadline);
  if (eventIds.length > 0) {
    await untilSatisfied(client, eventIds, options.consumer, deadline);
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  client.close();
}
