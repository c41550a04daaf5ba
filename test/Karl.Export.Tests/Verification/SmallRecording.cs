using System.Globalization;
using Karl.Graphs;
using Karl.Testing;
using Karl.Tokenizers.Arrays;

namespace Karl.Export.Verification;

/// <summary>
/// A recording of a <see cref="SmallModel"/> under the keys of the original's recordings, made from the described graphs and not from the bundle.
/// Where ours computes less than the original, the rest is nonsense, which must not matter.
/// </summary>
internal sealed class SmallRecording
{
    private const double Nonsense = 12345;
    private readonly SmallModel _model;
    private readonly float[] _images;
    private readonly float[] _noise;
    private readonly SortedDictionary<string, NpyArray> _arrays = new(StringComparer.Ordinal);

    public SmallRecording(SmallModel model, int imageCount)
    {
        _model = model;
        Random random = new(5);
        var size = model.Architecture.ImageSize;
        _images = [.. Enumerable.Range(0, imageCount * 3 * size * size).Select(_ => random.NextSingle())];
        _noise = [.. Enumerable.Range(0, imageCount * 6 * 16).Select(_ => random.NextSingle() - 0.5f)];
        Images = NpyArray.Create<float>(_images, imageCount, 3, size, size);
        for (var image = 0; image < imageCount; image++)
        {
            Record(image, model.IsVae ? "mode." : string.Empty, 20, 0.05f);
            Record(image, model.IsVae ? "mode." : string.Empty, 7, 0.3f);
        }

        if (model.IsVae)
        {
            Record(imageCount - 1, "sample.", 20, 0.05f);
            _arrays.Add("noise", NpyArray.Create<float>(_noise, imageCount, 6, 4, 4));
        }
    }

    /// <summary>The images.</summary>
    public NpyArray Images { get; }

    /// <summary>The recorded arrays.</summary>
    public IDictionary<string, NpyArray> Arrays => _arrays;

    /// <summary>Writes images and recording.</summary>
    public void Write(string imagesPath, string recordingPath)
    {
        Images.Save(imagesPath);
        Write(recordingPath, _arrays);
    }

    /// <summary>Writes arrays as a recording.</summary>
    public static void Write(string path, IEnumerable<KeyValuePair<string, NpyArray>> arrays)
    {
        using var writer = NpzWriter.Create(path);
        foreach (var (key, array) in arrays)
        {
            writer.Add(key, array);
        }

        writer.Complete();
    }

    private void Record(int image, string mode, int budget, float epsilon)
    {
        var encoded = Encode(image, mode, budget, epsilon);
        int[] kept = [.. Enumerable.Range(0, budget).Where(position => encoded["halting_probabilities"][position] <= 0.75f)];
        var decoded = Decode(encoded, kept);
        var prefix = string.Create(CultureInfo.InvariantCulture, $"img{image}.{mode}b{budget}.q{epsilon}.");
        RecordTokens(prefix, encoded, budget, kept);
        RecordImage(prefix, decoded, image);
        if (image == 0)
        {
            RecordParts(prefix + "dbg.", encoded, decoded, budget, kept);
        }

        if (budget == 20)
        {
            RecordBase($"img{image}.{mode}", encoded);
        }
    }

    private void RecordTokens(string prefix, Values encoded, int budget, int[] kept)
    {
        var width = _model.Architecture.LatentWidth;
        Add(prefix + "halt_logit", encoded["halting_logits"], budget);
        Add(prefix + "halt_prob", encoded["halting_probabilities"], budget);
        Add(prefix + "active", [.. Enumerable.Range(0, budget).Select(kept.Contains)], budget);
        Add(prefix + "kc", [(long)kept.Length]);
        Add(prefix + "latents_factorized", encoded["factorized_latents"], budget, width);
        Add(prefix + "encoder_latents_out", encoded["encoder.latent_outputs"], budget, 36);
        if (_model.Architecture.Quantized)
        {
            Add(prefix + "latents_quantized", encoded["latents"], budget, width);
            Add(prefix + "indices", encoded.Codes, budget);
            var codebook = Normalized(_model.Weight("codebook.weight", 50, width), width);
            Add(prefix + "indices_margin", [.. Margins(Normalized(encoded["factorized_latents"], width), codebook, width)], budget);
        }
    }

    private void RecordImage(string prefix, Values decoded, int image)
    {
        var pixels = decoded["image"];
        var given = _images.AsSpan(image * pixels.Length, pixels.Length).ToArray();
        Add(prefix + "recon", pixels, 3, 64, 64);
        Add(prefix + "recon_sub8", Coarse(pixels, 3, 64, 8, 4), 3, 8, 8);
        Add(prefix + "recon_stats", Statistics(pixels), 6);
        Add(prefix + "rec_l1", [(float)pixels.Zip(given, (ours, theirs) => Math.Abs((double)ours - theirs)).Average()], 1);
        Add(prefix + "decoded_code", decoded["decoded_tokens"], 16, _model.Architecture.Base.TokenWidth);
        Add(prefix + "decoded_code_rows8", EveryEighth(decoded["decoded_tokens"], _model.Architecture.Base.TokenWidth), 2, _model.Architecture.Base.TokenWidth);
        if (!_model.IsVae)
        {
            var rows = decoded["logits"].Chunk(24).ToArray();
            Add(prefix + "logits", decoded["logits"], 16, 24);
            Add(prefix + "logits_rows8", EveryEighth(decoded["logits"], 24), 2, 24);
            Add(prefix + "logits_argmax", [.. rows.Select(row => (long)Array.IndexOf(row, row.Max()))], 16);
            Add(prefix + "logits_lse", [.. rows.Select(row => (float)Math.Log(row.Sum(logit => Math.Exp(logit))))], 16);
        }
    }

    private void RecordParts(string prefix, Values encoded, Values decoded, int budget, int[] kept)
    {
        var lastLevel = _model.IsVae ? 64 : 32;
        Add(prefix + "pixenc_conv_in", Coarse(encoded["base.encoder.input"], 32, 64, 16, 0), 32, 4, 4);
        Add(prefix + "pixenc_down4_lastblock", Coarse(encoded[_model.IsVae ? "base.encoder.levels.4.blocks.0" : "base.encoder.levels.4.blocks.1"], lastLevel, 4, 1, 0), lastLevel, 4, 4);
        Add(prefix + "patch_embed", encoded["encoder.patch_embedding"], _model.Architecture.PatchWidth, 4, 4);
        Add(prefix + "encoder_ln_pre", encoded["encoder.input_norm"], 17 + budget, 36);
        Add(prefix + "encoder_block0", encoded["encoder.blocks.0"], 17 + budget, 36);
        float[] all = [.. Enumerable.Repeat((float)Nonsense, 17 * 36), .. encoded["encoder.blocks.1"]];
        Add(prefix + "encoder_block1", all, 17 + budget, 36);
        Add(prefix + "encoder", all, 17 + budget, 36);
        foreach (var (recorded, name) in new[] { ("decoder_ln_pre", "decoder.input_norm"), ("decoder_block0", "decoder.blocks.0"), ("decoder_block1", "decoder.blocks.1"), ("decoder_block2", "decoder.blocks.2") })
        {
            Add(prefix + recorded, WithHalted(decoded[name], budget, kept), 16 + budget, 24);
        }

        Add(prefix + "decoder_ln_post", decoded["decoder.output_norm"], 16, 24);
        Add(prefix + "pix_conv_in", decoded["base.decoder.input"], lastLevel, 4, 4);
        Add(prefix + "pix_up0_lastblock", Coarse(decoded["base.decoder.levels.0.blocks.1"], 32, 64, 16, 0), 32, 4, 4);
    }

    private void RecordBase(string prefix, Values encoded)
    {
        var channels = _model.Architecture.Base.TokenWidth;
        float[] tokens;
        Add(prefix + "base_tokens", encoded["base_tokens"], 16, channels);
        Add(prefix + "tokens_2d_rows8", EveryEighth(encoded["image_tokens"], 36), 2, 36);
        if (_model.IsVae)
        {
            Add(prefix + "posterior_mean", encoded["posterior_mean"], 6, 4, 4);
            Add(prefix + "posterior_logvar", encoded["posterior_log_variance"], 6, 4, 4);
            tokens = [.. encoded["base_tokens"].Select(value => value / 0.2325f)];
        }
        else
        {
            var codebook = _model.Weight("base.codebook.weight", 24, 10);
            double[] doubles = [.. encoded["base_tokens"].Select(value => (double)value)];
            long[] codes = [.. doubles.Chunk(10).Select(row => Distances(row, [.. codebook.Select(value => (double)value)], 10).Select((distance, code) => (distance, code)).Min().code)];
            Add(prefix + "gt_indices", codes, 16);
            Add(prefix + "gt_indices_margin", [.. Margins(doubles, [.. codebook.Select(value => (double)value)], 10)], 16);
            tokens = [.. codes.SelectMany(code => codebook.AsSpan((int)code * 10, 10).ToArray())];
        }

        var part = _model.Decoder.Subgraph(["decoded_tokens"], ["image"]);
        var pixels = Run(part, new() { ["decoded_tokens"] = TensorData.From(tokens, 1, 16, channels) })["image"];
        Add(prefix + "base_recon_sub8", Coarse(pixels, 3, 64, 8, 4), 3, 8, 8);
        Add(prefix + "base_recon_stats", Statistics(pixels), 6);
    }

    private Values Encode(int image, string mode, int budget, float epsilon)
    {
        Dictionary<string, TensorData> inputs = new()
        {
            ["image"] = TensorData.From(_images.AsSpan(image * 3 * 64 * 64, 3 * 64 * 64).ToArray(), 1, 3, 64, 64),
            ["epsilon"] = TensorData.From([epsilon], 1),
            ["budget"] = TensorData.From([(long)budget], 1),
        };
        if (_model.IsVae)
        {
            inputs.Add("noise", TensorData.From(mode == "sample." ? _noise.AsSpan(image * 96, 96).ToArray() : new float[96], 1, 6, 4, 4));
        }

        return Run(_model.Encoder, inputs);
    }

    private Values Decode(Values encoded, int[] kept)
    {
        var width = _model.Architecture.LatentWidth;
        return Run(_model.Decoder, new()
        {
            [_model.Architecture.Quantized ? "codes" : "latents"] = _model.Architecture.Quantized
                ? TensorData.From(kept.Select(position => encoded.Codes[position]).ToArray(), 1, kept.Length)
                : TensorData.From(kept.SelectMany(position => encoded["latents"].AsSpan(position * width, width).ToArray()).ToArray(), 1, kept.Length, width),
            ["positions"] = TensorData.From(kept.Select(position => (long)position).ToArray(), 1, kept.Length),
        });
    }

    /// <summary>Runs a graph with every named tensor as an output.</summary>
    private Values Run(Graph graph, Dictionary<string, TensorData> inputs)
    {
        string[] outputs = [.. graph.Nodes.SelectMany(node => node.Outputs).Where(tensor => tensor.Type is ElementType.Float32 or ElementType.Int64).Select(tensor => tensor.Name)];
        var part = graph.Subgraph(graph.Inputs.Select(input => input.Name), outputs);
        return new Values(OnnxRun.Run(part, inputs, _model.Weights(part)));
    }

    private static float[] WithHalted(float[] rows, int budget, int[] kept)
    {
        var all = Enumerable.Repeat((float)Nonsense, (16 + budget) * 24).ToArray();
        for (var row = 0; row < rows.Length / 24; row++)
        {
            rows.AsSpan(row * 24, 24).CopyTo(all.AsSpan((row < 16 ? row : 16 + kept[row - 16]) * 24));
        }

        return all;
    }

    private static float[] EveryEighth(float[] rows, int width) => [.. rows.Chunk(width).Where((_, row) => row % 8 == 0).SelectMany(row => row)];

    private static float[] Coarse(float[] map, int channels, int size, int step, int start) =>
    [
        .. from channel in Enumerable.Range(0, channels)
           from y in Enumerable.Range(0, size).Where(y => y % step == start)
           from x in Enumerable.Range(0, size).Where(x => x % step == start)
           select map[(((channel * size) + y) * size) + x],
    ];

    private static double[] Statistics(float[] pixels)
    {
        double[] values = [.. pixels.Select(pixel => (double)pixel)];
        var mean = values.Average();
        return [mean, Math.Sqrt(values.Average(value => Math.Pow(value - mean, 2))), values.Min(), values.Max(), values.Sum(Math.Abs), values.Sum(value => value * value)];
    }

    private static double[] Normalized(float[] rows, int width) =>
        [.. rows.Chunk(width).SelectMany(row => row.Select(value => value / Math.Sqrt(row.Sum(other => (double)other * other))))];

    private static IEnumerable<float> Margins(double[] rows, double[] codebook, int width) =>
        rows.Chunk(width).Select(row => Distances(row, codebook, width).Order().Take(2).ToArray()).Select(nearest => (float)(nearest[1] - nearest[0]));

    private static IEnumerable<double> Distances(double[] row, double[] codebook, int width) =>
        codebook.Chunk(width).Select(code => code.Zip(row, (left, right) => (left - right) * (left - right)).Sum());

    private void Add<T>(string key, T[] values, params ReadOnlySpan<long> shape)
        where T : unmanaged
        => _arrays.Add(key, NpyArray.Create<T>(values, shape));

    /// <summary>Outputs of a run by name.</summary>
    private sealed class Values(IReadOnlyDictionary<string, TensorData> outputs)
    {
        public float[] this[string name] => outputs[name].AsSpan<float>().ToArray();

        public long[] Codes => outputs["codes"].AsSpan<long>().ToArray();
    }
}
