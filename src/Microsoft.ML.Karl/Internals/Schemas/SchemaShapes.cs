using Microsoft.ML.Data;

namespace Microsoft.ML.Karl.Internals.Schemas;

/// <summary>Makes <see cref="SchemaShape"/>s, whose columns cannot be made outside of ML.NET.</summary>
/// <remarks>A chain of estimators shows its members the shape of the schema that it is fitted on, before it fits them: so one that listens hears it.</remarks>
internal static class SchemaShapes
{
    /// <summary>The shape of a schema, annotations included.</summary>
    public static SchemaShape Of(DataViewSchema schema)
    {
        Listener listener = new();
        new EstimatorChain<ITransformer>().Append(listener).Fit(new EmptyView(schema));
        return listener.Heard ?? throw new InvalidOperationException("This version of ML.NET fits a chain without showing it the shape of its input.");
    }

    /// <summary>A shape with more columns; those of the same name take the place of the old ones.</summary>
    public static SchemaShape With(this SchemaShape shape, SchemaShape added)
    {
        HashSet<string> names = [.. added.Select(column => column.Name)];
        return new SchemaShape([.. shape.Where(column => !names.Contains(column.Name)), .. added]);
    }

    private sealed class Listener : IEstimator<ITransformer>
    {
        public SchemaShape? Heard { get; private set; }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Heard = inputSchema;

        public ITransformer Fit(IDataView input) => new TransformerChain<ITransformer>();
    }
}
