using Karl.Training.Steps;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Training.Runs.Internals;

/// <summary>Chance that depends on seed, purpose and step alone, so that a resumed run draws what it would have drawn.</summary>
internal static class StepRandom
{
    public static Random Of(int seed, string purpose, int step) => new(StepSeed.Of(seed, purpose, step));

    /// <summary>Standard normal noise.</summary>
    public static OrtValue Normal(Random random, params long[] shape)
    {
        var values = new float[shape.Aggregate(1L, (product, length) => product * length)];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        }
        return OrtValue.CreateTensorValueFromMemory(values, shape);
    }
}
