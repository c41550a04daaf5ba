namespace Karl.Serving.Internals.Endpoints;

/// <summary>All that a server answers.</summary>
internal static class EndpointTable
{
    /// <summary>Makes them.</summary>
    public static IReadOnlyList<IEndpoint> Create(ServingState state)
    {
        IEndpoint[] endpoints =
        [
            new TokenizeEndpoint(state),
            new ReconstructEndpoint(state),
            new ComplexityEndpoint(state),
            new ExplainEndpoint(state),
            new ModelsEndpoint(state),
            new SamplesEndpoint(),
            new SampleEndpoint(),
            new HealthEndpoint(state, "/healthz", isLiveness: false),
            new HealthEndpoint(state, "/healthz/live", isLiveness: true),
            new HealthEndpoint(state, "/healthz/ready", isLiveness: false),
            new MetricsEndpoint(state),
            .. PageEndpoint.All(),
        ];
        return [.. endpoints, new OpenApiEndpoint(endpoints.Select(endpoint => endpoint.Description))];
    }
}
