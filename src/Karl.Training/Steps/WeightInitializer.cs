using Karl.Graphs;
using Karl.Training.Steps.Internals;

namespace Karl.Training.Steps;

/// <summary>First values of weights, from a seed and the weight's name alone.</summary>
/// <remarks>
/// With plain noise, latent tokens begin as the same mean of all the image and stay so for thousands of steps. So transformers begin with tokens that attend to what is like them and take
/// over what they attend to (arXiv 2305.09828): a latent token to its own part of the image, a place of the grid to the latent tokens of its part.
/// </remarks>
public static class WeightInitializer
{
    private const string AttentionInput = "attention.input.weight";
    private const string AttentionOutput = "attention.output.weight";

    /// <summary>How long positions are beside what else is in a token.</summary>
    private const float PlaceScale = 0.5f;

    /// <summary>How strongly tokens attend at first to what is like them. Twice would be so strongly that they hardly learn to attend to anything else.</summary>
    private const float Likeness = 1.4f;

    /// <summary>Linear layers at the end of a block begin smaller, so that what was taken over by attention is not drowned.</summary>
    private const float FeedForwardScale = 0.5f;

    /// <summary>
    /// Norms begin at 1 and 0, convolutions uniform and linear layers normal by their inputs, positions as sines and cosines, latent tokens as the mean of the places that each stands for,
    /// queries and keys alike, and attention's output as the inverse of its values.
    /// </summary>
    /// <param name="name">Our name of the weight.</param>
    /// <param name="shape">Fixed lengths.</param>
    /// <param name="seed">Other seeds give other values.</param>
    public static float[] Create(string name, Shape shape, int seed)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(shape);
        var count = checked((int)shape.ElementCount.Value);
        if (name.EndsWith("norm.weight", StringComparison.Ordinal)) return [.. Enumerable.Repeat(1f, count)];
        if (shape.Rank == 1) return new float[count];
        if (name is "encoder.positions" or "decoder.positions") return Scaled(shape.Rank == 3 ? PlaceVectors.Square((int)shape[0].Value, (int)shape[1].Value) : PlaceVectors.Rows((int)shape[0].Value, (int)shape[1].Value), PlaceScale);
        if (name is "encoder.round_embeddings") return Scaled(PlaceVectors.Rounds((int)shape[0].Value, (int)shape[1].Value, (int)shape[2].Value), PlaceScale);
        if (name is "encoder.latent_tokens" or "decoder.latent_positions") return Scaled(PlaceVectors.Latents((int)shape[1].Value, (int)shape[0].Value), PlaceScale);
        if (name.EndsWith(AttentionOutput, StringComparison.Ordinal)) return InverseOfValues(name[..^AttentionOutput.Length] + AttentionInput, (int)shape[0].Value, seed);

        var random = new Random(StepSeed.Of(seed, name, 0));
        if (shape.Rank == 4) return Uniform(random, count, 1 / Math.Sqrt(shape[1].Value * shape[2].Value * shape[3].Value));
        var values = Normal(random, count, 1 / Math.Sqrt(shape[-1].Value));
        if (name.EndsWith(AttentionInput, StringComparison.Ordinal)) MakeAlike(values);
        if (name.EndsWith("feed_forward.output.weight", StringComparison.Ordinal)) values = Scaled(values, FeedForwardScale);
        return values;
    }

    /// <summary>Queries and keys the same, and larger.</summary>
    private static void MakeAlike(float[] values)
    {
        var third = values.Length / 3;
        Scaled(values[..third], Likeness).CopyTo(values, 0);
        values.AsSpan(0, third).CopyTo(values.AsSpan(third));
    }

    /// <summary>The transpose of the values' matrix, which is nearly its inverse, as rows are nearly at right angles.</summary>
    private static float[] InverseOfValues(string inputName, int width, int seed)
    {
        var values = Create(inputName, new Shape(3 * width, width), seed).AsSpan(2 * width * width);
        var transposed = new float[width * width];
        for (var row = 0; row < width; row++)
        {
            for (var column = 0; column < width; column++) transposed[column * width + row] = values[row * width + column];
        }
        return transposed;
    }

    private static float[] Scaled(float[] values, float scale) => Array.ConvertAll(values, value => value * scale);

    private static float[] Uniform(Random random, int count, double bound) => [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 2 - 1) * bound))];

    /// <summary>Normal, drawn again beyond two deviations.</summary>
    private static float[] Normal(Random random, int count, double deviation)
    {
        return [.. Enumerable.Range(0, count).Select(_ => (float)(Draw() * deviation))];

        double Draw()
        {
            while (true)
            {
                var value = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
                if (Math.Abs(value) <= 2) return value;
            }
        }
    }
}
