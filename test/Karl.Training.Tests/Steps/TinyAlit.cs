using Karl.Networks;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Training.Steps;

/// <summary>A whole ALIT of 16 x 16 pixels, 16 2D tokens and 3 rounds of 4 tokens; images and steps are <see cref="TinyKarl"/>'s.</summary>
internal static class TinyAlit
{
    public static AlitArchitecture Architecture(string kind) => new(TinyKarl.Base(kind), new(32, 1, 2), new(24, 1, 3))
    {
        Quantized = TinyKarl.IsQuantized(kind),
        LatentCodebookSize = 20,
        LatentWidth = 5,
        LatentsPerRound = 4,
        Rounds = 3,
        ImageSize = 16,
        HaltingThreshold = 0.02f,       // of 24 codes, each is about as probable for an untrained network
    };

    /// <summary>What steps are given that others are not.</summary>
    /// <param name="round">The round that is decoded, where it is one.</param>
    /// <param name="toss">All tosses: 1 halts nothing, 0 all 2D tokens above the threshold.</param>
    public static Dictionary<string, OrtValue> Extra(int round = 0, float toss = 1)
    {
        var tokens = AlitPixelStep.TokensOf(Architecture("vae-continuous"), round);
        return new()
        {
            [AlitPixelStep.RoundTokens] = OrtValue.CreateTensorValueFromMemory(tokens, [tokens.Length]),
            [AlitDistillationStep.Tosses] = OrtValue.CreateTensorValueFromMemory(Enumerable.Repeat(toss, TinyKarl.Batch * 2 * 16).ToArray(), [TinyKarl.Batch, 2, 16]),
        };
    }
}
