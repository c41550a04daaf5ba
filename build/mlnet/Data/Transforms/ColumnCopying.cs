using Microsoft.ML.Data;
using Microsoft.ML.Data.Views;

namespace Microsoft.ML.Transforms;

/// <summary>Copies a column.</summary>
public sealed class ColumnCopyingEstimator : TrivialEstimator<ColumnCopyingTransformer>
{
    private readonly string _output;
    private readonly string _input;

    internal ColumnCopyingEstimator(string output, string input)
        : base(new ColumnCopyingTransformer(output, input))
    {
        _output = output;
        _input = input;
    }

    /// <inheritdoc/>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema.With(inputSchema.Find(_input).Renamed(_output));
}

/// <inheritdoc cref="ColumnCopyingEstimator"/>
public sealed class ColumnCopyingTransformer : OneToOneTransformerBase
{
    private readonly string _output;
    private readonly string _input;

    internal ColumnCopyingTransformer(string output, string input)
    {
        _output = output;
        _input = input;
    }

    internal override AddedColumn CreateColumn(DataViewSchema input) =>
        (AddedColumn)Activator.CreateInstance(typeof(Copy<>).MakeGenericType(input[_input].Type.RawType), _output, input[_input])!;

    private sealed class Copy<TValue>(string name, DataViewSchema.Column source) : AddedColumn(name, source, source.Type, source.Annotations)
    {
        public override Delegate CreateGetter(DataViewRow input) => input.GetGetter<TValue>(Source);
    }
}
