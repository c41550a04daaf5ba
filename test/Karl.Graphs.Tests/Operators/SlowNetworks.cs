namespace Karl.Graphs.Tests.Operators;

/// <summary>The operators of networks, the slow way.</summary>
internal static class SlowNetworks
{
    public static Slow MatMul(Slow left, Slow right)
    {
        var batch = Slow.Together(left.Shape[..^2], right.Shape[..^2]);
        return Slow.Make([.. batch, left.Shape[^2], right.Shape[^1]], place =>
            Enumerable.Range(0, left.Shape[^1]).Sum(inner => left[[.. place[..^1], inner]] * right[[.. place[..^2], inner, place[^1]]]));
    }

    public static Slow Convolution(Slow image, Slow weight, Slow? bias, int stride, int padding, int groups)
    {
        var (outer, inner) = (weight.Shape[0] / groups, weight.Shape[1]);
        int Places(int axis) => (image.Shape[axis] + 2 * padding - weight.Shape[axis]) / stride + 1;
        return Slow.Make([image.Shape[0], weight.Shape[0], Places(2), Places(3)], place =>
        {
            var sum = bias?.Values[place[1]] ?? 0;
            for (var channel = 0; channel < inner; channel++)
            {
                for (var y = 0; y < weight.Shape[2]; y++)
                {
                    for (var x = 0; x < weight.Shape[3]; x++)
                    {
                        var (row, column) = (place[2] * stride + y - padding, place[3] * stride + x - padding);
                        if (row < 0 || row >= image.Shape[2] || column < 0 || column >= image.Shape[3]) continue;
                        sum += image[place[0], place[1] / outer * inner + channel, row, column] * weight[[place[1], channel, y, x]];
                    }
                }
            }
            return sum;
        });
    }

    public static Slow ConvolutionTranspose(Slow image, Slow weight, Slow? bias, int stride, int padding, int outputPadding, int groups)
    {
        var (outer, inner) = (weight.Shape[1], image.Shape[1] / groups);
        int Length(int axis) => (image.Shape[axis] - 1) * stride + weight.Shape[axis] - 2 * padding + outputPadding;
        return Slow.Make([image.Shape[0], outer * groups, Length(2), Length(3)], place =>
        {
            var sum = bias?.Values[place[1]] ?? 0;
            var group = place[1] / outer;
            for (var channel = group * inner; channel < (group + 1) * inner; channel++)
            {
                for (var row = 0; row < image.Shape[2]; row++)
                {
                    for (var column = 0; column < image.Shape[3]; column++)
                    {
                        var (y, x) = (place[2] + padding - row * stride, place[3] + padding - column * stride);
                        if (y < 0 || y >= weight.Shape[2] || x < 0 || x >= weight.Shape[3]) continue;
                        sum += image[place[0], channel, row, column] * weight[[channel, place[1] % outer, y, x]];
                    }
                }
            }
            return sum;
        });
    }

    public static Slow Pool(Slow image, int kernel, int stride, int padding, Func<IEnumerable<double>, double> together)
    {
        int Places(int axis) => (image.Shape[axis] + 2 * padding - kernel) / stride + 1;
        return Slow.Make([image.Shape[0], image.Shape[1], Places(2), Places(3)], place => together(
            from row in Enumerable.Range(place[2] * stride - padding, kernel)
            from column in Enumerable.Range(place[3] * stride - padding, kernel)
            where row >= 0 && row < image.Shape[2] && column >= 0 && column < image.Shape[3]
            select image[place[0], place[1], row, column]));
    }

    public static double[] Softmax(double[] row)
    {
        var powers = row.Select(value => Math.Exp(value - row.Max())).ToArray();
        return [.. powers.Select(power => power / powers.Sum())];
    }

    public static double[] Normalize(double[] row, double epsilon)
    {
        var (mean, variance) = (row.Average(), row.Average(value => value * value) - row.Average() * row.Average());
        return [.. row.Select(value => (value - mean) / Math.Sqrt(variance + epsilon))];
    }

    /// <summary>Every head by itself: softmax of the scaled products of query and key, times the value.</summary>
    public static Slow Attention(Slow query, Slow key, Slow value, int heads, double? scale = null)
    {
        var (width, valueWidth) = (query.Shape[2] / heads, value.Shape[2] / heads);
        return Slow.Make([query.Shape[0], query.Shape[1], value.Shape[2]], place =>
        {
            var head = place[2] / valueWidth;
            var scores = Enumerable.Range(0, key.Shape[1]).Select(other => (scale ?? 1 / Math.Sqrt(width)) * Enumerable.Range(head * width, width)
                .Sum(column => query[place[0], place[1], column] * key[place[0], other, column])).ToArray();
            return Softmax(scores).Select((weight, other) => weight * value[place[0], other, place[2]]).Sum();
        });
    }

    public static double Gelu(double x) => x / 2 * (1 + Erf(x / Math.Sqrt(2)));

    /// <summary>The error function from its series, good to 1e-12 for sizes below 4.</summary>
    public static double Erf(double x)
    {
        var (term, sum) = (x, x);
        for (var n = 1; n < 100; n++)
        {
            term *= -x * x / n;
            sum += term / (2 * n + 1);
        }
        return 2 / Math.Sqrt(Math.PI) * sum;
    }
}
