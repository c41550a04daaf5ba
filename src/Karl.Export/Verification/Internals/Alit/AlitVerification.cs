using Karl.Tokenizers;
using Karl.Tokenizers.Arrays;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Sessions.Internals;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Export.Verification.Internals.Alit;

/// <summary>Takes every recorded image through all rounds, as it was recorded, and compares what is known after each.</summary>
internal sealed class AlitVerification
{
    private const int LargestArray = 1 << 28;
    private readonly Bundle _bundle;
    private readonly BundleManifest _manifest;
    private readonly AlitRecording _recording;
    private readonly VerificationOptions _options;
    private readonly Dictionary<string, VerificationLine> _lines = new(StringComparer.Ordinal);

    private AlitVerification(Bundle bundle, AlitRecording recording, VerificationOptions options) =>
        (_bundle, _manifest, _recording, _options) = (bundle, bundle.Manifest, recording, options);

    /// <summary>Opens a recording, and runs everything.</summary>
    /// <exception cref="KarlFormatException">The recording is damaged, or does not belong to the bundle and the images.</exception>
    public static VerificationReport Run(Bundle bundle, string recordingPath, RecordedImages images, VerificationOptions options, CancellationToken cancellationToken)
    {
        using var archive = NpzArchive.Open(recordingPath, LargestArray);
        var recording = new AlitRecording(archive, Path.GetFileName(recordingPath));
        recording.CheckFits(bundle, images);
        return new AlitVerification(bundle, recording, options).Run(images.Array.ToFloat32(), cancellationToken);
    }

    private VerificationReport Run(float[] pixels, CancellationToken cancellationToken)
    {
        var runs = _recording.Runs();
        var length = 3 * _manifest.ImageSize * _manifest.ImageSize;
        using var graphs = new AlitGraphs(_bundle, [.. _recording.Known.Select(key => key.Quantity).Distinct()], _options.Threads);
        for (var index = 0; index < runs.Count; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _options.Progress?.Report(new VerificationProgress(index, runs.Count, $"all rounds: {runs[index].Run}"));
            Run(graphs, runs[index].Run, runs[index].Keys, pixels.AsMemory(runs[index].Run.Image * length, length), cancellationToken);
        }
        string[] notes = _manifest.Storage == "float32"
            ? []
            : [$"The weights of {_bundle.Name} are stored as {_manifest.Storage}; the tolerances are those of float32, so differences beyond them are to be expected and are no fault by themselves."];
        return new VerificationReport(_bundle.Name, _recording.Name, [.. _recording.Keys.Select(Line)], [.. notes]);
    }

    private void Run(AlitGraphs graphs, AlitRunKey run, IReadOnlyList<AlitKey> keys, ReadOnlyMemory<float> pixels, CancellationToken cancellationToken)
    {
        using var state = new AlitRunState(pixels, _manifest, run.Halting, run.Halting == RecordedHalting.Tossed ? _recording.Coins(run.Image, _manifest) : null);
        Take(AlitPart.Encoder, Once(graphs, run, pixels));
        Compare(keys.Where(key => key.Quantity.Part == AlitPart.Encoder));
        var rounds = _manifest.MaximumBudget / _manifest.BudgetStep!.Value;
        var (sequence, halted) = (state.Of(AlitPart.Encoder).Numbers(GraphContract.Sequence), new double[_manifest.ImageTokens]);
        for (var round = 0; round < rounds; round++)
        {
            Take(AlitPart.Round, new(StringComparer.Ordinal)
            {
                [GraphContract.Sequence] = Tensor(Floats(sequence.Values), [1, .. sequence.Shape]),
                [GraphContract.Halted] = Tensor(Floats(halted), [1, halted.Length]),
                [GraphContract.Round] = Tensor(new long[] { round }, [1]),
            });
            Take(AlitPart.Decoder, Tokens(state.Of(AlitPart.Round)));
            var thisRound = round;
            Compare(keys.Where(key => key.Round == thisRound));
            (sequence, halted) = (state.Of(AlitPart.Round).Numbers(GraphContract.NextSequence), state.Halted.Values);
        }
        Compare(keys.Where(key => key.Round is null && key.Quantity.Part != AlitPart.Encoder));

        void Take(AlitPart part, Dictionary<string, OrtValue> inputs)
        {
            try
            {
                var (session, outputs) = graphs[part];
                state.Take(part, new StageRun(session.Run(inputs, outputs, cancellationToken), _manifest, default, new RunState(pixels)));
            }
            finally
            {
                foreach (var value in inputs.Values) value.Dispose();
            }
        }

        void Compare(IEnumerable<AlitKey> some)
        {
            foreach (var key in some) _lines.Add(key.Text, Line(graphs, state, key));
        }
    }

    /// <summary>What the encoder is given.</summary>
    private Dictionary<string, OrtValue> Once(AlitGraphs graphs, AlitRunKey run, ReadOnlyMemory<float> pixels)
    {
        var size = _manifest.ImageSize;
        Dictionary<string, OrtValue> inputs = new(StringComparer.Ordinal) { [GraphContract.Image] = Tensor(pixels.ToArray(), [1, 3, size, size]) };
        if (_manifest.Base == "vae")
        {
            var (channels, grid) = (graphs[AlitPart.Encoder].Session.Session.InputMetadata[GraphContract.Noise].Dimensions[1], _manifest.GridSize);
            if (channels is < 1 or > 4096) throw new KarlFormatException($"Part '{Bundle.EncoderPart}': input '{GraphContract.Noise}' has {channels} channels; a fixed number from 1 to 4096 was expected.");
            var noise = run.Latent == LatentChoice.Sample ? _recording.Noise(run.Image, channels, grid) : new float[channels * grid * grid];
            inputs.Add(GraphContract.Noise, Tensor(noise, [1, channels, grid, grid]));
        }
        return inputs;
    }

    /// <summary>What the decoder is given of a round.</summary>
    private Dictionary<string, OrtValue> Tokens(StageRun round)
    {
        var name = _manifest.Quantized ? GraphContract.Codes : GraphContract.Latents;
        var tokens = round.Numbers(name);
        return new(StringComparer.Ordinal)
        {
            [name] = _manifest.Quantized ? Tensor(Array.ConvertAll(tokens.Values, code => (long)code), [1, .. tokens.Shape]) : Tensor(Floats(tokens.Values), [1, .. tokens.Shape]),
            [GraphContract.Positions] = Tensor(Enumerable.Range(0, (int)tokens.Shape[0]).Select(position => (long)position).ToArray(), [1, tokens.Shape[0]]),
        };
    }

    private VerificationLine Line(AlitGraphs graphs, AlitRunState state, AlitKey key)
    {
        if (graphs.Source(key.Quantity) is not { } source)
        {
            return new VerificationLine(key.Text, VerificationOutcome.Differs, Note: "the model does not show it: no tensor of the expected name");
        }
        if (key.Quantity.Name.StartsWith("minlen", StringComparison.Ordinal))
        {
            state.Thresholds = _recording.Thresholds(key) ?? throw new KarlFormatException($"Recording '{_recording.Name}': '{key.Text}' stands there without the thresholds that it was found for.");
        }
        var tolerance = key.View.Kind == RecordedViewKind.Statistics ? ParityTolerances.PixelStatistics : key.Quantity.Tolerance;
        var blocks = key.Quantity.Part == AlitPart.Decoder ? _manifest.Decoder.Layers : _manifest.Encoder.Layers * Math.Max(1, state.Rounds);
        return Comparison.Line(key.Text, key.Quantity.Measure(new AlitMeasurement(state, source, key, _recording.Read(key))), tolerance.Through(blocks), _recording.Name);
    }

    private VerificationLine Line(string key) =>
        _lines.TryGetValue(key, out var line) ? line
        : _recording.IsUnknown(key) ? new VerificationLine(key, VerificationOutcome.Unknown, Note: "not compared: this version does not know what it means")
        : new VerificationLine(key, VerificationOutcome.Informational);

    private static float[] Floats(double[] values) => Array.ConvertAll(values, value => (float)value);

    private static OrtValue Tensor<T>(T[] elements, long[] shape)
        where T : unmanaged
        => OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, elements.AsMemory(), shape);
}
