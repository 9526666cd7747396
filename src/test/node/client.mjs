// Plays the relay with @grpc/grpc-js: hands events to the sidecar, watches the results and prints
// `satisfied <event id>` for each event as it is released.
//
//   node client.mjs --address 127.0.0.1:9000 --proto ../../../proto \
//     --pending state.json --known announcement.json [--deadline 60]
//
// --pending and --known may be given more than once. Each names a file, or `-` for standard input,
// with one event or an array of events. Ends with 0 once every pending event is satisfied, with 1
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

// A watch without a token starts at the oldest retained result: nothing is lost in between.
async function untilSatisfied(client, eventIds, deadline) {
  const waiting = new Set(eventIds);
  const results = client.WatchSyncResults({}, { deadline });
  // The loop throws the errors that matter; this one hears the cancellation after the loop.
  results.on('error', () => {});
  try {
    for await (const { result } of results) {
      for (const id of (result?.event_ids ?? []).filter((eventId) => waiting.delete(eventId))) {
        if (result.outcome !== 'SYNC_OUTCOME_SATISFIED') {
          throw new Error(`${id} left with ${result.outcome}`);
        }
        console.log(`satisfied ${id}`);
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
    await untilSatisfied(client, eventIds, deadline);
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  client.close();
}
