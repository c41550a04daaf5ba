using Karl.Graphs;

namespace Karl.Training.Steps;

/// <summary>First values of weights, from a seed and the weight's name alone: as the originals begin.</summary>
public static class WeightInitializer
{
    private const double LinearDeviation = 0.02;

    /// <summary>Norms begin at 1 and 0, convolutions uniform by their inputs, linear layers normal with deviation 0.02 cut at two, learned tokens normal by their width.</summary>
    /// <param name="name">Our name of the weight.</param>
    /// <param name="shape">Fixed lengths.</param>
    /// <param name="seed">Other seeds give other values.</param>
    public static float[] Create(string name, Shape shape, int seed)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(shape);
        var values = new float[checked((int)shape.ElementCount.Value)];
        if (name.EndsWith("norm.weight", StringComparison.Ordinal)) Array.Fill(values, 1);
        else if (shape.Rank > 1) Fill(values, name, shape, new Random(StepSeed.Of(seed, name, 0)));
        return values;
    }

    private static void Fill(float[] values, string name, Shape shape, Random random)
    {
        var isBase = name.StartsWith("base.", StringComparison.Ordinal);
        if (shape.Rank == 4 && isBase)
        {
            var bound = 1 / Math.Sqrt(shape[1].Value * shape[2].Value * shape[3].Value);
            for (var index = 0; index < values.Length; index++) values[index] = (float)((random.NextDouble() * 2 - 1) * bound);
            return;
        }
        var isTable = !name.EndsWith(".weight", StringComparison.Ordinal) || name.EndsWith("codebook.weight", StringComparison.Ordinal);
        var width = name.EndsWith("positions", StringComparison.Ordinal) && shape.Rank == 3 ? shape[0].Value : shape[-1].Value;
        var deviation = isTable ? 1 / Math.Sqrt(width) : LinearDeviation;
        for (var index = 0; index < values.Length; index++) values[index] = (float)(Normal(random) * deviation);
    }

    /// <summary>Standard normal, drawn again beyond two deviations.</summary>
    private static double Normal(Random random)
    {
        while (true)
        {
            var value = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            if (Math.Abs(value) <= 2) return value;
        }
    }
}
