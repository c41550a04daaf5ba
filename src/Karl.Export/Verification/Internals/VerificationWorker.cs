using Karl.Tokenizers;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Sessions.Internals;

namespace Karl.Export.Verification.Internals;

/// <summary>Goes through the stages: each loads one graph, runs all images through it one by one, and compares what is known then.</summary>
internal sealed class VerificationWorker
{
    private static readonly Stage[] Stages = Enum.GetValues<Stage>();
    private readonly Bundle _bundle;
    private readonly BundleManifest _manifest;
    private readonly Recording _recording;
    private readonly RecordingFormat _format;
    private readonly VerificationOptions _options;
    private readonly IReadOnlyList<RecordedRun> _runs;
    private readonly Dictionary<RecordedRun, RunState> _states = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, VerificationLine> _lines = new(StringComparer.Ordinal);
    private readonly int _total;
    private int _done;

    private VerificationWorker(Bundle bundle, Recording recording, RecordingFormat format, RecordedImages images, VerificationOptions options)
    {
        _bundle = bundle;
        _manifest = bundle.Manifest;
        _recording = recording;
        _format = format;
        _options = options;
        _runs = recording.Runs();
        var pixels = images.Array.ToFloat32();
        var length = 3 * _manifest.ImageSize * _manifest.ImageSize;
        foreach (var run in _runs)
        {
            _states.Add(run, new RunState(pixels.AsMemory(run.Image * length, length)));
        }

        _total = Stages.Sum(stage => _runs.Count(run => IsWanted(run, stage)));
    }

    /// <summary>Opens a recording, and runs all stages.</summary>
    /// <exception cref="KarlFormatException">The recording is damaged, or does not belong to the bundle and the images.</exception>
    public static VerificationReport Run(
        Bundle bundle, string recordingPath, RecordingFormat format, RecordedImages images, VerificationOptions options, CancellationToken cancellationToken)
    {
        using var recording = Recording.Open(recordingPath, format);
        recording.CheckFits(bundle, images);
        return new VerificationWorker(bundle, recording, format, images, options).Run(cancellationToken);
    }

    private VerificationReport Run(CancellationToken cancellationToken)
    {
        foreach (var stage in Stages)
        {
            RecordedRun[] runs = [.. _runs.Where(run => IsWanted(run, stage))];
            if (runs.Length > 0)
            {
                Run(stage, runs, cancellationToken);
            }
        }

        string[] notes = _manifest.Storage == "float32"
            ? []
            : [$"The weights of {_bundle.Name} are stored as {_manifest.Storage}; the tolerances are those of float32, so differences beyond them are to be expected and are no fault by themselves."];
        return new VerificationReport(_bundle.Name, _recording.Name, [.. _recording.Keys.Select(Line)], [.. notes]);
    }

    private void Run(Stage stage, RecordedRun[] runs, CancellationToken cancellationToken)
    {
        RecordedKey[] keys = [.. runs.SelectMany(run => Keys(run, stage))];
        using var graph = StageGraph.Load(_bundle, stage, keys, stage == Stage.Encoder ? NeededLater() : [], _options.Threads);
        foreach (var run in runs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _options.Progress?.Report(new VerificationProgress(_done++, _total, $"{Word(stage)}: {run}"));
            var state = _states[run];
            using var result = Run(stage, graph, run, state, cancellationToken);
            if (stage == Stage.Encoder)
            {
                Remember(result, graph, run, state);
            }

            foreach (var key in Keys(run, stage))
            {
                _lines.Add(key.Text, Compare(key, graph, result));
            }
        }
    }

    /// <summary>One run of a stage's graph; without outputs where it cannot be run.</summary>
    private StageRun Run(Stage stage, StageGraph graph, RecordedRun run, RunState state, CancellationToken cancellationToken)
    {
        if (stage == Stage.BaseDecoder && graph.BaseCodebook is not null && state.BaseTokens is not null)
        {
            state.BaseCodes = NearestCodes.Find(state.BaseTokens, graph.BaseCodebook);
            state.BaseLatent = graph.BaseCodebook.Rows(Array.ConvertAll(state.BaseCodes.Codes.Values, code => (int)code));
        }

        if (graph.Session is null || (stage == Stage.BaseDecoder && state.BaseLatent is null))
        {
            return new StageRun([], _manifest, run.Settings, state);
        }

        using var inputs = stage switch
        {
            Stage.Encoder or Stage.EncoderParts => _format.EncoderInputs(run, state, _manifest, _recording, graph.Session.Session),
            Stage.Decoder or Stage.DecoderParts => StageInputs.Decoder(state, _manifest),
            _ => StageInputs.BaseDecoder(state.BaseLatent!),
        };
        return new StageRun(graph.Session.Run(inputs.Values, [.. graph.Outputs], cancellationToken), _manifest, run.Settings, state);
    }

    /// <summary>Keeps what later stages need of the encoder.</summary>
    private void Remember(StageRun result, StageGraph graph, RecordedRun run, RunState state)
    {
        var kept = _format.Kept(result);
        state.Kept = kept;
        state.Tokens = result.Numbers(_manifest.Quantized ? GraphContract.Codes : GraphContract.Latents).Rows(kept);
        if (!Keys(run, Stage.BaseDecoder).Any())
        {
            return;
        }

        if (graph.Outputs.Contains(TensorNames.BaseTokens))
        {
            state.BaseTokens = result.Numbers(TensorNames.BaseTokens);
        }

        if (graph.Outputs.Contains(TensorNames.PosteriorMean) && graph.Outputs.Contains(TensorNames.PosteriorLogVariance))
        {
            var mean = result.Numbers(TensorNames.PosteriorMean);
            var noise = run.Latent == LatentChoice.Sample ? _recording.Noise(run.Image, (int)mean.Shape[0], _manifest.GridSize) : null;
            state.BaseLatent = Posterior.Rows(mean, result.Numbers(TensorNames.PosteriorLogVariance), noise);
        }
    }

    private VerificationLine Compare(RecordedKey key, StageGraph graph, StageRun result)
    {
        if (graph.Source(key.Quantity) is not string source || !CanMeasure(key, result))
        {
            return key.Quantity.IsOptional
                ? new VerificationLine(key.Text, VerificationOutcome.NotInModel)
                : new VerificationLine(key.Text, VerificationOutcome.Differs, Note: "the model does not show it: no tensor of the expected name");
        }

        var blocks = key.Quantity.Stage is Stage.Encoder or Stage.EncoderParts ? _manifest.Encoder.Layers : _manifest.Decoder.Layers;
        return Comparison.Line(key, key.Quantity.Measure(new Measurement(result, source, key, _recording.Read(key))), blocks, _recording.Name);
    }

    /// <summary>Whether what the base decoder is given was to be had from the encoder.</summary>
    private static bool CanMeasure(RecordedKey key, StageRun result) =>
        key.Quantity.Stage != Stage.BaseDecoder || (key.Quantity.IsImage ? result.HasOutputs : result.HasBaseCodes);

    private IEnumerable<string> NeededLater() =>
    [
        GraphContract.HaltingProbabilities,
        _manifest.Quantized ? GraphContract.Codes : GraphContract.Latents,
        .. _runs.Any(run => Keys(run, Stage.BaseDecoder).Any())
            ? _manifest.Base == "vae" ? [TensorNames.PosteriorMean, TensorNames.PosteriorLogVariance] : (string[])[TensorNames.BaseTokens]
            : [],
    ];

    private VerificationLine Line(string key) =>
        _lines.TryGetValue(key, out var line) ? line
        : _recording.Unknown.Contains(key) ? new VerificationLine(key, VerificationOutcome.Unknown, Note: "not compared: this version does not know what it means")
        : new VerificationLine(key, VerificationOutcome.Informational);

    /// <summary>The encoder runs always: every other stage starts from its tokens.</summary>
    private static bool IsWanted(RecordedRun run, Stage stage) => stage == Stage.Encoder || Keys(run, stage).Any();

    private static IEnumerable<RecordedKey> Keys(RecordedRun run, Stage stage) => run.Keys.Where(key => key.Quantity.Stage == stage);

    private static string Word(Stage stage) => stage switch
    {
        Stage.Encoder => "encoder",
        Stage.EncoderParts => "parts of the encoder",
        Stage.Decoder => "decoder",
        Stage.DecoderParts => "parts of the decoder",
        _ => "base decoder",
    };
}
