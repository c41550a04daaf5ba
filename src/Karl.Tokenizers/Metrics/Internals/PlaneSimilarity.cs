using System.Buffers;
using System.Numerics;

namespace Karl.Tokenizers.Metrics.Internals;

/// <summary>SSIM of one plane, separably: the window's columns for a whole row of pixels at once, then its rows, a vector of pixels at a time.</summary>
/// <remarks>
/// Instead of two means, two variances and a covariance it blurs the sum and the difference of the planes and their squares, four instead of five:
/// with s = x + y and d = x - y, 2 cov(x, y) = (var s - var d) / 2 and var x + var y = (var s + var d) / 2, and so for the means.
/// In float64, because variances are small differences of large numbers.
/// </remarks>
internal static class PlaneSimilarity
{
    private const double FirstConstant = 0.01 * 0.01;
    private const double SecondConstant = 0.03 * 0.03;

    /// <summary>The mean over all places where the window fits.</summary>
    public static double Mean(ReadOnlySpan<float> first, ReadOnlySpan<float> second, int width, int height)
    {
        int padded = width + Vector<float>.Count;
        int columns = width - GaussianWindow.Length + 1, rows = height - GaussianWindow.Length + 1;
        double[] rented = ArrayPool<double>.Shared.Rent(4 * padded);
        Span<double> sums = rented.AsSpan(0, padded), differences = rented.AsSpan(padded, padded);
        Span<double> squaredSums = rented.AsSpan(2 * padded, padded), squaredDifferences = rented.AsSpan(3 * padded, padded);
        double total = 0;
        for (int row = 0; row < rows; row++)
        {
            rented.AsSpan(0, 4 * padded).Clear();
            for (int tap = 0; tap < GaussianWindow.Length; tap++)
            {
                int start = (row + tap) * width;
                AddRow(first.Slice(start, width), second.Slice(start, width), GaussianWindow.Weights[tap], sums, differences, squaredSums, squaredDifferences);
            }

            total += SumAlong(columns, sums, differences, squaredSums, squaredDifferences);
        }

        ArrayPool<double>.Shared.Return(rented);
        return total / ((double)rows * columns);
    }

    private static void AddRow(
        ReadOnlySpan<float> first, ReadOnlySpan<float> second, double weight, Span<double> sums, Span<double> differences, Span<double> squaredSums, Span<double> squaredDifferences)
    {
        int column = 0;
        for (; column <= first.Length - Vector<float>.Count; column += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(first[column..]), out Vector<double> x, out Vector<double> nextX);
            Vector.Widen(new Vector<float>(second[column..]), out Vector<double> y, out Vector<double> nextY);
            AddVector(x, y, weight, column, sums, differences, squaredSums, squaredDifferences);
            AddVector(nextX, nextY, weight, column + Vector<double>.Count, sums, differences, squaredSums, squaredDifferences);
        }

        for (; column < first.Length; column++)
        {
            double sum = (double)first[column] + second[column], difference = (double)first[column] - second[column];
            sums[column] += weight * sum;
            differences[column] += weight * difference;
            squaredSums[column] += weight * sum * sum;
            squaredDifferences[column] += weight * difference * difference;
        }
    }

    private static void AddVector(
        Vector<double> x, Vector<double> y, double weight, int column, Span<double> sums, Span<double> differences, Span<double> squaredSums, Span<double> squaredDifferences)
    {
        Vector<double> sum = x + y, difference = x - y;
        Vector<double> weightedSum = weight * sum, weightedDifference = weight * difference;
        Add(sums[column..], weightedSum);
        Add(differences[column..], weightedDifference);
        Add(squaredSums[column..], weightedSum * sum);
        Add(squaredDifferences[column..], weightedDifference * difference);
    }

    private static void Add(Span<double> target, Vector<double> value) => (new Vector<double>(target) + value).CopyTo(target);

    /// <summary>Blurs along the row and sums the similarity of the first <paramref name="columns"/> places; what is computed beyond them is left out.</summary>
    private static double SumAlong(
        int columns, ReadOnlySpan<double> sums, ReadOnlySpan<double> differences, ReadOnlySpan<double> squaredSums, ReadOnlySpan<double> squaredDifferences)
    {
        Span<double> last = stackalloc double[Vector<double>.Count];
        Vector<double> total = Vector<double>.Zero;
        double rest = 0;
        for (int column = 0; column < columns; column += Vector<double>.Count)
        {
            Vector<double> similarity = At(column, sums, differences, squaredSums, squaredDifferences);
            if (column + Vector<double>.Count <= columns)
            {
                total += similarity;
                continue;
            }

            similarity.CopyTo(last);
            for (int place = column; place < columns; place++)
            {
                rest += last[place - column];
            }
        }

        return Vector.Sum(total) + rest;
    }

    private static Vector<double> At(
        int column, ReadOnlySpan<double> sums, ReadOnlySpan<double> differences, ReadOnlySpan<double> squaredSums, ReadOnlySpan<double> squaredDifferences)
    {
        Vector<double> sum = default, difference = default, squaredSum = default, squaredDifference = default;
        for (int tap = 0; tap < GaussianWindow.Length; tap++)
        {
            double weight = GaussianWindow.Weights[tap];
            sum += weight * new Vector<double>(sums[(column + tap)..]);
            difference += weight * new Vector<double>(differences[(column + tap)..]);
            squaredSum += weight * new Vector<double>(squaredSums[(column + tap)..]);
            squaredDifference += weight * new Vector<double>(squaredDifferences[(column + tap)..]);
        }

        Vector<double> s = sum * sum, d = difference * difference;
        Vector<double> sumVariance = squaredSum - s, differenceVariance = squaredDifference - d;
        Vector<double> half = new(0.5), first = new(FirstConstant), second = new(SecondConstant);
        return ((half * (s - d)) + first) * ((half * (sumVariance - differenceVariance)) + second)
            / (((half * (s + d)) + first) * ((half * (sumVariance + differenceVariance)) + second));
    }
}
