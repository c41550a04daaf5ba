namespace Karl.Applications.Anomalies.Internals;

/// <summary>Mahalanobis' distance from normal images, with the covariance shrunk as Ledoit and Wolf (2004) do, so that few images suffice.</summary>
/// <param name="Mean">Of each number over the normal images.</param>
/// <param name="Scale">Deviation of each, above 0.</param>
/// <param name="Factor">Lower triangle, row after row, of Cholesky's factor of the shrunk covariance of standardized numbers.</param>
internal sealed record LatentDistance(double[] Mean, double[] Scale, double[] Factor)
{
    private const double SmallestScale = 1e-9, SmallestShrinkage = 1e-3;

    /// <summary>Fits to rows of equally many numbers, at least two rows.</summary>
    public static LatentDistance Fit(IReadOnlyList<double[]> rows)
    {
        int width = rows[0].Length, count = rows.Count;
        double[] mean = new double[width], scale = new double[width];
        for (int column = 0; column < width; column++)
        {
            double average = rows.Average(row => row[column]);
            mean[column] = average;
            scale[column] = Math.Max(SmallestScale, Math.Sqrt(rows.Average(row => (row[column] - average) * (row[column] - average))));
        }

        double[][] standardized = [.. rows.Select(row => Standardize(row, mean, scale))];
        double[,] covariance = new double[width, width];
        foreach (double[] row in standardized)
        {
            for (int one = 0; one < width; one++)
            {
                for (int other = 0; other <= one; other++)
                {
                    covariance[one, other] += row[one] * row[other] / count;
                    covariance[other, one] = covariance[one, other];
                }
            }
        }

        Shrink(covariance, standardized);
        return new LatentDistance(mean, scale, Cholesky(covariance));
    }

    /// <summary>How far a row is away, in deviations: the square root of the squared distance through the number of columns.</summary>
    public double Of(double[] row)
    {
        double[] solved = Standardize(row, Mean, Scale);
        double sum = 0;
        for (int one = 0, at = 0; one < solved.Length; one++)
        {
            for (int other = 0; other < one; other++)
            {
                solved[one] -= Factor[at++] * solved[other];
            }

            solved[one] /= Factor[at++];
            sum += solved[one] * solved[one];
        }

        return Math.Sqrt(sum / solved.Length);
    }

    private static double[] Standardize(double[] row, double[] mean, double[] scale) => [.. row.Select((value, column) => (value - mean[column]) / scale[column])];

    /// <summary>Towards the identity times the mean variance, by the share that is best for the expected squared error.</summary>
    private static void Shrink(double[,] covariance, double[][] rows)
    {
        int width = covariance.GetLength(0);
        double variance = 0, away = 0, noise = 0;
        for (int one = 0; one < width; one++)
        {
            variance += covariance[one, one] / width;
        }

        for (int one = 0; one < width; one++)
        {
            for (int other = 0; other < width; other++)
            {
                double difference = covariance[one, other] - (one == other ? variance : 0);
                away += difference * difference;
                noise += rows.Sum(row => Square((row[one] * row[other]) - covariance[one, other])) / rows.Length / rows.Length;
            }
        }

        double share = away == 0 ? 1 : Math.Clamp(noise / away, SmallestShrinkage, 1);
        for (int one = 0; one < width; one++)
        {
            for (int other = 0; other < width; other++)
            {
                covariance[one, other] = ((1 - share) * covariance[one, other]) + (one == other ? share * Math.Max(variance, SmallestScale) : 0);
            }
        }
    }

    private static double[] Cholesky(double[,] matrix)
    {
        int width = matrix.GetLength(0);
        double[] factor = new double[width * (width + 1) / 2];
        for (int one = 0; one < width; one++)
        {
            for (int other = 0; other <= one; other++)
            {
                double sum = matrix[one, other];
                for (int index = 0; index < other; index++)
                {
                    sum -= factor[At(one, index)] * factor[At(other, index)];
                }

                factor[At(one, other)] = one == other ? Math.Sqrt(Math.Max(sum, SmallestScale)) : sum / factor[At(other, other)];
            }
        }

        return factor;
    }

    private static int At(int row, int column) => (row * (row + 1) / 2) + column;

    private static double Square(double value) => value * value;
}
