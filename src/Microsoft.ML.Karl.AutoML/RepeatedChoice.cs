using Microsoft.ML.SearchSpace;
using Microsoft.ML.SearchSpace.Option;

namespace Microsoft.ML.Karl.AutoML;

/// <summary>One of a few values, which come again and again along the dimension.</summary>
/// <remarks>
/// AutoML's own tuner begins with steps of a tenth of the space and lengthens them only when a trial was better. A <see cref="ChoiceOption"/> begins at the
/// lower end of a value's share of the dimension, which is more than such a step: the tuner would try the same point for ever.
/// </remarks>
internal sealed class RepeatedChoice : OptionBase
{
    private const double Rounding = 1e-6;
    private readonly Parameter[] _choices;

    /// <param name="choices">The values, neighbours side by side.</param>
    /// <param name="first">The one to begin with.</param>
    public RepeatedChoice(object[] choices, object first)
    {
        _choices = Array.ConvertAll(choices, Parameter.FromObject);
        Default = MappingToFeatureSpace(Parameter.FromObject(first));
    }

    /// <inheritdoc/>
    public override int FeatureSpaceDim => _choices.Length == 1 ? 0 : 1;

    /// <inheritdoc/>
    public override int?[] Step => [_choices.Length];

    /// <summary>One more than the values are, so that a grid of as many places as values has each once.</summary>
    private int Rounds => _choices.Length + 1;

    /// <inheritdoc/>
    public override double[] MappingToFeatureSpace(Parameter value)
    {
        int index = Array.IndexOf(_choices, value);
        return index < 0
            ? throw new ArgumentException("The value is not one of the choices.", nameof(value))
            : FeatureSpaceDim == 0 ? [] : [((Rounds / 2 * _choices.Length) + index + 0.5) / (Rounds * _choices.Length)];
    }

    /// <inheritdoc/>
    public override Parameter SampleFromFeatureSpace(double[] values) =>
        _choices[values.Length == 0 ? 0 : Math.Clamp((int)((values[0] * Rounds * _choices.Length) + Rounding), 0, (Rounds * _choices.Length) - 1) % _choices.Length];
}
