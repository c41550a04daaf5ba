using Karl.Graphs;
using Karl.Networks;
using Karl.Testing;
using Karl.Tokenizers.Arrays;

namespace Karl.Export.Families;

/// <summary>A recording of a <see cref="SmallAlit"/> under the keys of the original's recordings, made from the described graphs and not from a bundle.</summary>
internal sealed class SmallAlitRecording
{
    private const int Size = 64, Tokens = 16, Width = 36, Step = 8;
    private readonly SmallAlit _model;
    private readonly bool _vae;
    private readonly float[] _pixels;
    private readonly float[] _noise;
    private readonly float[] _coins;
    private readonly SortedDictionary<string, NpyArray> _arrays = new(StringComparer.Ordinal);

    public SmallAlitRecording(SmallAlit model)
    {
        _model = model;
        _vae = model.Architecture.Base is VaeArchitecture;
        Random random = new(6);
        _pixels = [.. Enumerable.Range(0, 3 * Size * Size).Select(_ => random.NextSingle())];
        _noise = [.. Enumerable.Range(0, 6 * Tokens).Select(_ => random.NextSingle() - 0.5f)];
        _coins = [.. Enumerable.Range(0, 3 * Tokens).Select(_ => random.NextSingle())];
        foreach (var mode in _vae ? (string[])["none", "det", "sample"] : ["none", "det", "u"]) Record(mode);
        if (_vae) Add("noise", _noise, 1, 6, 4, 4);
        else Add("u", _coins, 1, 3, Tokens);
    }

    /// <summary>The recorded arrays.</summary>
    public IDictionary<string, NpyArray> Arrays => _arrays;

    /// <summary>How many 2D tokens are halted in all rounds of all modes.</summary>
    public int HaltedTokens { get; private set; }

    /// <summary>Writes the image and the recording, or another in its place.</summary>
    public void Write(string imagesPath, string recordingPath, IEnumerable<KeyValuePair<string, NpyArray>>? arrays = null)
    {
        NpyArray.Create<float>(_pixels, 1, 3, Size, Size).Save(imagesPath);
        using var writer = NpzWriter.Create(recordingPath);
        foreach (var (key, array) in arrays ?? _arrays) writer.Add(key, array);
        writer.Complete();
    }

    private void Record(string mode)
    {
        Dictionary<string, TensorData> image = new() { ["image"] = TensorData.From(_pixels, 1, 3, Size, Size) };
        if (_vae) image.Add("noise", TensorData.From(mode == "sample" ? _noise : new float[_noise.Length], 1, 6, 4, 4));
        var once = Run(AlitEncoder.Describe(_model.Architecture), image);
        if (mode == "none") RecordImage(once);
        var (sequence, halted) = (once["sequence"], new float[Tokens]);
        List<double> errors = [];
        for (var round = 0; round < 3; round++)
        {
            var made = Run(AlitRound.Describe(_model.Architecture), new()
            {
                ["sequence"] = sequence,
                ["halted"] = TensorData.From(halted, 1, Tokens),
                ["round"] = TensorData.From(new long[] { round }, 1),
            });
            var kind = _model.Architecture.Quantized ? "codes" : "latents";
            var count = Step * (round + 1);
            var decoded = Run(AlitDecoder.Describe(_model.Architecture), new()
            {
                [kind] = made[kind],
                ["positions"] = TensorData.From(Enumerable.Range(0, count).Select(position => (long)position).ToArray(), 1, count),
            });
            sequence = made["next_sequence"];
            halted = RecordRound($"img0.{mode}.it{round}.", mode, round, once, made, decoded);
            errors.Add(Floats(decoded["image"]).Zip(_pixels, (found, wanted) => Math.Abs((double)found - wanted)).Average());
        }
        RecordShortest($"img0.{mode}.minlen_", errors);
    }

    private void RecordImage(IReadOnlyDictionary<string, TensorData> once)
    {
        Add("img0.base_tokens", Floats(once["base_tokens"]), Tokens, _model.Architecture.Base.TokenWidth);
        if (!_vae) _arrays.Add("img0.gt_indices", NpyArray.Create<long>(once["base_codes"].AsSpan<long>().ToArray(), Tokens));
    }

    private float[] RecordRound(
        string prefix, string mode, int round, IReadOnlyDictionary<string, TensorData> once, IReadOnlyDictionary<string, TensorData> made, IReadOnlyDictionary<string, TensorData> decoded)
    {
        var count = Step * (round + 1);
        var rows = Floats(made["next_sequence"]).Chunk(Width).ToArray();
        float[] Every(int start, int end, int step) => [.. rows[start..end].Where((_, row) => row % step == 0).SelectMany(row => row)];
        Add(prefix + "image_tokens_rows16", Every(1, 1 + Tokens, 16), 1, Width);
        Add(prefix + "embedding", Every(1 + Tokens, rows.Length, round == 0 ? 1 : 8), round == 0 ? Step : round + 1, Width);
        Add(prefix + "latents_factorized", Floats(made["factorized_latents"]), count, 5);
        if (_model.Architecture.Quantized) _arrays.Add(prefix + "indices", NpyArray.Create<long>(made["codes"].AsSpan<long>().ToArray(), count));
        var pixels = Floats(decoded["image"]);
        Add(prefix + "recon", pixels, 3, Size, Size);
        Add(prefix + "rec_l1", [(float)pixels.Zip(_pixels, (found, wanted) => Math.Abs((double)found - wanted)).Average()], 1);
        var halted = new float[Tokens];
        if (_vae)
        {
            Add(prefix + "decoded_code", Floats(decoded["decoded_tokens"]), Tokens, 6);
            Add(prefix + "code_err", [.. Floats(decoded["decoded_tokens"]).Zip(Floats(once["base_tokens"]), (found, wanted) => Math.Abs(found - wanted)).Chunk(6).Select(row => row.Average())], Tokens);
        }
        else
        {
            float[] probabilities = [.. Floats(decoded["code_probabilities"]).Chunk(3).Zip(once["base_codes"].AsSpan<long>().ToArray(), (row, code) => row[code])];
            Add(prefix + "logits_rows8", [.. Floats(decoded["logits"]).Chunk(3).Where((_, row) => row % 8 == 0).SelectMany(row => row)], 2, 3);
            Add(prefix + "pred_gt_prob", probabilities, Tokens);
            halted = [.. probabilities.Select((probability, token) => mode != "none" && probability >= 0.55f && (mode == "det" || _coins[(round * Tokens) + token] < probability) ? 1f : 0)];
        }
        HaltedTokens += (int)halted.Sum();
        _arrays.Add(prefix + "masked", NpyArray.Create<bool>([.. halted.Select(share => share == 1)], Tokens));
        return halted;
    }

    private void RecordShortest(string prefix, List<double> errors)
    {
        double[] thresholds = [errors.Min() * 0.99, .. errors.Select(error => error * 1.0001)];
        int[] rounds = [.. thresholds.Select(threshold => errors.FindIndex(error => error < threshold) is >= 0 and var first ? first : errors.IndexOf(errors.Min()))];
        _arrays.Add(prefix + "thresholds", NpyArray.Create<double>(thresholds, thresholds.Length));
        _arrays.Add(prefix + "tokens", NpyArray.Create<long>([.. rounds.Select(round => (long)Step * (round + 1))], thresholds.Length));
        _arrays.Add(prefix + "l1", NpyArray.Create<double>([.. rounds.Select(round => errors[round])], thresholds.Length));
    }

    /// <summary>Runs a graph with every named tensor as an output.</summary>
    private IReadOnlyDictionary<string, TensorData> Run(Graph graph, Dictionary<string, TensorData> inputs)
    {
        string[] outputs = [.. graph.Nodes.SelectMany(node => node.Outputs).Where(tensor => tensor.Type is ElementType.Float32 or ElementType.Int64).Select(tensor => tensor.Name)];
        var part = graph.Subgraph(graph.Inputs.Select(input => input.Name), outputs);
        return OnnxRun.Run(part, inputs, _model.Weights(part));
    }

    private static float[] Floats(TensorData data) => data.AsSpan<float>().ToArray();

    private void Add(string key, float[] values, params ReadOnlySpan<long> shape) => _arrays.Add(key, NpyArray.Create<float>(values, shape));
}
