namespace Karl.Experiments.Internals;

/// <summary>
/// The best linear answer to which class a row of features is of, by least squares: one target of 0 or 1 for each class, features brought to mean 0 and deviation 1, and a
/// ridge. It has a closed form, so there is nothing to tune and nothing left to chance.
/// </summary>
internal static class RidgeProbe
{
    private const double Ridge = 1;

    /// <summary>The share of test rows whose class is told rightly, 0 to 1.</summary>
    /// <param name="train">Rows of features, all of one length.</param>
    /// <param name="trainClasses">Their classes, from 0.</param>
    /// <param name="test">Rows to be told, at least one.</param>
    /// <param name="testClasses">Their classes.</param>
    public static double Accuracy(double[][] train, int[] trainClasses, double[][] test, int[] testClasses)
    {
        int classes = trainClasses.Max() + 1;
        (double[] means, double[] factors) = Scales(train);
        double[][] rows = [.. train.Select(row => Scaled(row, means, factors))];

        // With kernels: as many unknowns as rows, whatever the number of features.
        double[][] kernel = [.. rows.Select((row, index) => rows[..(index + 1)].Select((other, column) => (Dot(row, other) / row.Length) + (index == column ? Ridge : 0)).ToArray())];
        Factorize(kernel);
        double[][] weights = [.. Enumerable.Range(0, classes).Select(which => Solve(kernel, [.. trainClasses.Select(label => (label == which ? 1.0 : 0) - (1.0 / classes))]))];
        int right = test.Zip(testClasses).Count(pair =>
        {
            double[] row = Scaled(pair.First, means, factors), near = [.. rows.Select(other => Dot(row, other) / row.Length)];
            return Enumerable.Range(0, classes).MaxBy(which => Dot(weights[which], near)) == pair.Second;
        });
        return (double)right / test.Length;
    }

    private static (double[] Means, double[] Factors) Scales(double[][] rows)
    {
        double[] means = [.. Enumerable.Range(0, rows[0].Length).Select(feature => rows.Average(row => row[feature]))];
        double[] factors = [.. means.Select((mean, feature) => Math.Sqrt(rows.Average(row => (row[feature] - mean) * (row[feature] - mean))) is var deviation && deviation > 1e-8 ? 1 / deviation : 0)];
        return (means, factors);
    }

    private static double[] Scaled(double[] row, double[] means, double[] factors) => [.. row.Select((value, feature) => (value - means[feature]) * factors[feature])];

    /// <summary>Cholesky's: the lower half of a positive definite matrix becomes its factor.</summary>
    private static void Factorize(double[][] matrix)
    {
        for (int row = 0; row < matrix.Length; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                double rest = matrix[row][column] - Dot(matrix[row].AsSpan(0, column), matrix[column].AsSpan(0, column));
                matrix[row][column] = row == column ? Math.Sqrt(rest) : rest / matrix[column][column];
            }
        }
    }

    private static double[] Solve(double[][] factor, double[] right)
    {
        for (int row = 0; row < right.Length; row++)
        {
            right[row] = (right[row] - Dot(factor[row].AsSpan(0, row), right.AsSpan(0, row))) / factor[row][row];
        }

        for (int row = right.Length - 1; row >= 0; row--)
        {
            right[row] /= factor[row][row];
            for (int above = 0; above < row; above++)
            {
                right[above] -= factor[row][above] * right[row];
            }
        }

        return right;
    }

    private static double Dot(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        double sum = 0;
        for (int index = 0; index < first.Length; index++)
        {
            sum += first[index] * second[index];
        }

        return sum;
    }
}
