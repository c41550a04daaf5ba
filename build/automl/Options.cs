namespace Microsoft.ML.SearchSpace.Option;

/// <summary>A dimension, or several, of a search space, each from 0 to 1.</summary>
public abstract class OptionBase
{
    /// <summary>Numbers of a point.</summary>
    public abstract int FeatureSpaceDim { get; }

    /// <summary>The point to begin with.</summary>
    public virtual double[]? Default { get; protected set; }

    /// <summary>How many values each dimension has.</summary>
    public abstract int?[] Step { get; }

    /// <summary>The point of a value.</summary>
    public abstract double[] MappingToFeatureSpace(Parameter value);

    /// <summary>The value of a point.</summary>
    public abstract Parameter SampleFromFeatureSpace(double[] values);
}

/// <summary>One of a few values.</summary>
public sealed class ChoiceOption : OptionBase
{
    /// <summary>Makes an option that begins with a value.</summary>
    public ChoiceOption(object[] choices, object? defaultChoice)
    {
        ArgumentNullException.ThrowIfNull(choices);
        Choices = Array.ConvertAll(choices, Parameter.FromObject);
        Default = MappingToFeatureSpace(defaultChoice is null ? Choices[0] : Parameter.FromObject(defaultChoice));
    }

    /// <summary>The values.</summary>
    public Parameter[] Choices { get; }

    /// <inheritdoc/>
    public override int FeatureSpaceDim => Choices.Length == 1 ? 0 : 1;

    /// <inheritdoc/>
    public override int?[] Step => [Choices.Length];

    /// <inheritdoc/>
    public override double[] MappingToFeatureSpace(Parameter param)
    {
        int index = Array.IndexOf(Choices, param);
        return FeatureSpaceDim == 0
            ? []
            : index >= 0 ? [(double)index / Choices.Length] : throw new ArgumentException("The value is not one of the choices.", nameof(param));
    }

    /// <inheritdoc/>
    public override Parameter SampleFromFeatureSpace(double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Length == 0 ? Choices[0] : Choices[Math.Clamp((int)(values[0] * Choices.Length), 0, Choices.Length - 1)];
    }
}
