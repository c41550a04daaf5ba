using Karl.Graphs;
using Karl.Testing;
using Karl.Tokenizers.Families.Internals;
using Karl.Tokenizers.Tokenization;

namespace Karl.Tokenizers.Tests.Families;

/// <summary>A tiny ALIT model run slowly and clearly: one image, all rounds, every tensor copied.</summary>
internal sealed class SlowRounds(bool quantized, bool vae) : IDisposable
{
    private readonly TinyAlit _model = new(quantized, vae);
    private readonly OnnxSession _encoder = new(new TinyAlit(quantized, vae).EncoderGraph());
    private readonly OnnxSession _round = new(new TinyAlit(quantized, vae).RoundGraph());
    private readonly OnnxSession _decoder = new(new TinyAlit(quantized, vae).DecoderGraph());

    /// <summary>After each round: codes or latents, the image they decode to, its error, and which 2D tokens are halted then.</summary>
    public List<(double[] Tokens, float[] Image, double Error, float[] Halted)> Run(float[] pixels, ImageTokenHalting halting = ImageTokenHalting.None, int seed = 0)
    {
        Dictionary<string, TensorData> once = new() { ["image"] = TensorData.From(pixels, 1, 3, TinyModel.ImageSize, TinyModel.ImageSize) };
        if (vae)
        {
            once["noise"] = TensorData.From(new float[2 * TinyModel.ImageTokens], 1, 2, TinyModel.GridSize, TinyModel.GridSize);
        }

        IReadOnlyDictionary<string, TensorData> start = _encoder.Run(once);
        TensorData sequence = start["sequence"];
        float[] halted = new float[TinyModel.ImageTokens];
        SeededRandom coins = new(seed);
        List<(double[], float[], double, float[])> rounds = [];
        for (int round = 0; round < TinyAlit.Rounds; round++)
        {
            IReadOnlyDictionary<string, TensorData> result = _round.Run(new Dictionary<string, TensorData>
            {
                ["sequence"] = sequence,
                ["halted"] = TensorData.From(halted, 1, halted.Length),
                ["round"] = TensorData.From(new long[] { round }, 1),
            });
            sequence = result["next_sequence"];
            string kind = quantized ? "codes" : "latents";
            int count = (round + 1) * TinyAlit.Step;
            IReadOnlyDictionary<string, TensorData> decoded = _decoder.Run(new Dictionary<string, TensorData>
            {
                [kind] = result[kind],
                ["positions"] = TensorData.From(Enumerable.Range(0, count).Select(position => (long)position).ToArray(), 1, count),
            });
            float[] image = decoded["image"].AsSpan<float>().ToArray();
            halted = new float[TinyModel.ImageTokens];
            for (int token = 0; token < halted.Length && !vae; token++)
            {
                float probability = decoded["code_probabilities"].AsSpan<float>()[(token * TinyAlit.BaseCodes) + (int)start["base_codes"].AsSpan<long>()[token]];
                float coin = halting == ImageTokenHalting.Tossed ? (float)coins.NextUnit() : 0;
                halted[token] = halting != ImageTokenHalting.None && probability >= TinyAlit.HaltingThreshold && coin < probability ? 1 : 0;
            }

            double[] tokens = quantized
                ? [.. result[kind].AsSpan<long>().ToArray().Select(code => (double)code)]
                : [.. result[kind].AsSpan<float>().ToArray().Select(number => (double)number)];
            rounds.Add((tokens, image, image.Zip(pixels, (found, wanted) => Math.Abs((double)found - wanted)).Average(), halted));
        }

        return rounds;
    }

    /// <summary>The bundle of the same model, loaded.</summary>
    public ImageTokenizer Load(int batchSize = 4)
    {
        using TemporaryFolder folder = new();
        _model.Write(folder["alit.karl"]);
        return ImageTokenizer.Load(folder["alit.karl"], new ImageTokenizerOptions { Threads = 1, AllowSpinning = false, BatchSize = batchSize });
    }

    public void Dispose()
    {
        _encoder.Dispose();
        _round.Dispose();
        _decoder.Dispose();
    }
}
