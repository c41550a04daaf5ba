namespace Karl.Testing;

/// <summary>
/// The decoder of <see cref="TinyModel"/> as the original runs it, slow and clear, in float64: all tokens of the budget go in,
/// and a mask lets dropped ones attend to themselves alone and nobody attend to them.
/// </summary>
public sealed class MaskedTinyDecoder(TinyWeights weights)
{
    private const int Width = TinyModel.Width;

    /// <summary>The image <c>[3, 32, 32]</c> of latents <c>[budget, 12]</c>, of which some are kept.</summary>
    public double[] Decode(double[][] latents, bool[] kept)
    {
        double[][] sequence = new double[TinyModel.ImageTokens + latents.Length][];
        for (int index = 0; index < sequence.Length; index++)
        {
            int position = index - TinyModel.ImageTokens;
            sequence[index] = position < 0
                ? Row("decoder.mask", index)
                : Add(Linear(latents[position], "decoder.embed"), Row("decoder.positions", position));
        }

        bool IsDropped(int index) => index >= TinyModel.ImageTokens && !kept[index - TinyModel.ImageTokens];
        for (int layer = 0; layer < TinyModel.Layers; layer++)
        {
            string name = $"decoder.{layer}";
            double[][] attended = Attention([.. sequence.Select(token => Normalize(token, name + ".first"))], name, (query, key) => query == key || (!IsDropped(query) && !IsDropped(key)));
            for (int index = 0; index < sequence.Length; index++)
            {
                sequence[index] = Add(sequence[index], Linear(attended[index], name + ".out"));
                double[] wide = [.. Linear(Normalize(sequence[index], name + ".second"), name + ".wide").Select(Gelu)];
                sequence[index] = Add(sequence[index], Linear(wide, name + ".narrow"));
            }
        }

        return Unpatch(sequence[..TinyModel.ImageTokens]);
    }

    /// <summary>The normalized codebook's row.</summary>
    public double[] Code(int code)
    {
        double[] row = [.. weights.Get("codebook").AsSpan(code * TinyModel.LatentWidth, TinyModel.LatentWidth).ToArray().Select(value => (double)value)];
        double length = Math.Sqrt(row.Sum(value => value * value));
        return [.. row.Select(value => value / length)];
    }

    private double[][] Attention(double[][] tokens, string name, Func<int, int, bool> sees)
    {
        const int HeadWidth = Width / TinyModel.Heads;
        double[][] queries = [.. tokens.Select(token => Linear(token, name + ".query"))];
        double[][] keys = [.. tokens.Select(token => Linear(token, name + ".key"))];
        double[][] values = [.. tokens.Select(token => Linear(token, name + ".value"))];
        double[][] result = [.. tokens.Select(_ => new double[Width])];
        for (int head = 0; head < Width; head += HeadWidth)
        {
            for (int query = 0; query < tokens.Length; query++)
            {
                int[] visible = [.. Enumerable.Range(0, tokens.Length).Where(key => sees(query, key))];
                double[] weight = [.. visible.Select(key => Math.Exp(Enumerable.Range(head, HeadWidth).Sum(at => queries[query][at] * keys[key][at]) / Math.Sqrt(HeadWidth)))];
                double total = weight.Sum();
                for (int at = head; at < head + HeadWidth; at++)
                {
                    result[query][at] = visible.Select((key, index) => weight[index] / total * values[key][at]).Sum();
                }
            }
        }

        return result;
    }

    private double[] Linear(double[] input, string name)
    {
        float[] weight = weights.Get(name + ".weight"), bias = weights.Get(name + ".bias");
        return [.. bias.Select((start, output) => start + input.Select((value, index) => value * weight[(output * input.Length) + index]).Sum())];
    }

    private double[] Normalize(double[] token, string name)
    {
        double mean = token.Average(), deviation = Math.Sqrt(token.Average(value => (value - mean) * (value - mean)) + 1e-5);
        float[] scale = weights.Get(name + ".scale"), bias = weights.Get(name + ".bias");
        return [.. token.Select((value, index) => ((value - mean) / deviation * scale[index]) + bias[index])];
    }

    private double[] Row(string name, int row) => [.. weights.Get(name).Skip(row * Width).Take(Width).Select(value => (double)value)];

    private double[] Unpatch(double[][] tokens)
    {
        const int Patch = TinyModel.ImageSize / TinyModel.GridSize, Size = TinyModel.ImageSize;
        double[] image = new double[3 * Size * Size];
        for (int token = 0; token < tokens.Length; token++)
        {
            double[] pixels = Linear(tokens[token], "decoder.pixels");
            for (int index = 0; index < pixels.Length; index++)
            {
                int channel = index / (Patch * Patch), y = (token / TinyModel.GridSize * Patch) + (index / Patch % Patch), x = (token % TinyModel.GridSize * Patch) + (index % Patch);
                image[(((channel * Size) + y) * Size) + x] = pixels[index];
            }
        }

        return image;
    }

    private static double[] Add(double[] left, double[] right) => [.. left.Zip(right, (first, second) => first + second)];

    /// <summary>Exact GELU; the error function by its series, which converges for all that occurs here.</summary>
    private static double Gelu(double value)
    {
        double argument = value / Math.Sqrt(2), term = argument, sum = argument;
        for (int index = 1; index < 200 && Math.Abs(term) > 1e-18; index++)
        {
            term *= -argument * argument / index;
            sum += term / ((2 * index) + 1);
        }

        return value / 2 * (1 + (2 / Math.Sqrt(Math.PI) * sum));
    }
}
