using Karl.Networks;
using Karl.Training.Steps;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Training.Runs.Internals;

/// <summary>ALIT's rounds by turns where a step decodes one, as published, and tosses where 2D tokens are halted.</summary>
internal sealed class AlitStepDraws(AlitArchitecture architecture, int seed, bool oneRound, bool halts) : IStepDraws
{
    public int Tokens { get; private set; } = architecture.MaximumLatents;

    public IEnumerable<(string Name, OrtValue Value)> Inputs(int step, int batchSize)
    {
        if (oneRound)
        {
            var tokens = AlitPixelStep.TokensOf(architecture, step % architecture.Rounds);
            Tokens = tokens.Length;
            yield return (AlitPixelStep.RoundTokens, OrtValue.CreateTensorValueFromMemory(tokens, [tokens.Length]));
        }
        if (!halts) yield break;
        var random = StepRandom.Of(seed, "tosses", step);
        float[] tosses = [.. Enumerable.Range(0, batchSize * (architecture.Rounds - 1) * architecture.ImageTokens).Select(_ => random.NextSingle())];
        yield return (AlitDistillationStep.Tosses, OrtValue.CreateTensorValueFromMemory(tosses, [batchSize, architecture.Rounds - 1, architecture.ImageTokens]));
    }
}
