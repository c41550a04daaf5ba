using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Karl.Tokenizers.Metrics;

/// <summary>Mean and covariance of feature vectors, gathered one by one, and how far two sets of them are apart.</summary>
/// <remarks>Memory is that of one matrix, however many vectors there are. Not safe for several threads.</remarks>
public sealed class FeatureStatistics
{
    private const int LargestWidth = 4096;
    private double[]? _origin;
    private double[] _sums = [];
    private double[] _products = [];
    private Matrix<double>? _root;

    /// <summary>How many vectors there were.</summary>
    public int Count { get; private set; }

    /// <summary>Adds one vector.</summary>
    /// <param name="features">As many numbers as in those before, at most 4096.</param>
    /// <exception cref="ArgumentException">There are too many or not as many, or one is no number.</exception>
    public void Add(ReadOnlySpan<float> features)
    {
        if (features.Length is 0 or > LargestWidth || (_origin is not null && features.Length != _origin.Length))
        {
            throw new ArgumentException($"There are {features.Length} features; {(_origin is null ? $"1 to {LargestWidth}" : _origin.Length)} were expected.", nameof(features));
        }

        // Seen from the first vector, so that little is lost where features vary little.
        double[] values = new double[features.Length];
        for (int index = 0; index < values.Length; index++)
        {
            values[index] = float.IsFinite(features[index]) ? features[index] - (_origin?[index] ?? 0) : throw new ArgumentException($"Feature {index} is {features[index]}; a finite number was expected.", nameof(features));
        }

        if (_origin is null)
        {
            (_origin, _sums, _products) = (values, new double[values.Length], new double[values.Length * values.Length]);
            values = new double[values.Length];
        }

        for (int row = 0; row < values.Length; row++)
        {
            double value = values[row];
            _sums[row] += value;
            Span<double> products = _products.AsSpan(row * values.Length, values.Length);
            for (int column = row; column < values.Length; column++)
            {
                products[column] += value * values[column];
            }
        }

        Count++;
        _root = null;
    }

    /// <summary>
    /// The Fréchet distance of two normal distributions with these means and covariances (arXiv 1706.08500): <c>|m1 - m2|^2 + tr(C1 + C2 - 2 (C1 C2)^(1/2))</c>, at least 0. With the features of
    /// an Inception network it is known as FID. Few vectors make it too large: compare only what was measured on as many.
    /// </summary>
    /// <exception cref="InvalidOperationException">There are fewer than two vectors in one of both, or they are of different lengths.</exception>
    public double FrechetDistanceTo(FeatureStatistics other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Count < 2 || other.Count < 2 || _origin!.Length != other._origin!.Length)
        {
            throw new InvalidOperationException($"There are {Count} vectors of {_origin?.Length ?? 0} and {other.Count} of {other._origin?.Length ?? 0}; at least two in both, of one length, were expected.");
        }

        Matrix<double> own = Covariance(), others = other.Covariance();
        _root ??= Root(own);
        double means = (Mean() - other.Mean()).PointwisePower(2).Sum();
        double common = Values(_root * others * _root).Sum(Math.Sqrt);
        return Math.Max(0, means + own.Trace() + others.Trace() - (2 * common));
    }

    private Vector<double> Mean() => Vector<double>.Build.Dense(_origin!.Length, index => _origin[index] + (_sums[index] / Count));

    private Matrix<double> Covariance()
    {
        int width = _origin!.Length;
        return Matrix<double>.Build.Dense(width, width, (row, column) =>
            (_products[(Math.Min(row, column) * width) + Math.Max(row, column)] - (_sums[row] * _sums[column] / Count)) / (Count - 1));
    }

    private static Matrix<double> Root(Matrix<double> covariance)
    {
        Evd<double> parts = covariance.Evd(Symmetricity.Symmetric);
        Vector<double> roots = parts.EigenValues.Map(value => Math.Sqrt(Math.Max(0, value.Real)));
        return parts.EigenVectors * Matrix<double>.Build.DenseOfDiagonalVector(roots) * parts.EigenVectors.Transpose();
    }

    /// <summary>Eigenvalues of a matrix that is symmetric but for rounding; those below 0 are 0 but for rounding.</summary>
    private static IEnumerable<double> Values(Matrix<double> matrix) =>
        ((matrix + matrix.Transpose()) * 0.5).Evd(Symmetricity.Symmetric).EigenValues.Select(value => Math.Max(0, value.Real));
}
