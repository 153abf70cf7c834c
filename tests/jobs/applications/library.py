"""Django REST framework with drf-spectacular: multipart beside JSON, decimals as text, pages, errors by field."""

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="test",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["rest_framework", "drf_spectacular"],
    USE_TZ=True,
    TIME_ZONE="UTC",
    REST_FRAMEWORK={
        "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "PAGE_SIZE": 2,
        "UNAUTHENTICATED_USER": None,
    },
    SPECTACULAR_SETTINGS={
        "TITLE": "Library",
        "VERSION": "1.0",
        "COMPONENT_SPLIT_REQUEST": True,
        "SERVE_INCLUDE_SCHEMA": False,
    },
)
django.setup()

from django.core.asgi import get_asgi_application  # noqa: E402
from django.urls import include, path  # noqa: E402
from drf_spectacular.utils import extend_schema  # noqa: E402
from drf_spectacular.views import SpectacularJSONAPIView  # noqa: E402
from rest_framework import parsers, serializers, viewsets  # noqa: E402
from rest_framework.authentication import TokenAuthentication  # noqa: E402
from rest_framework.decorators import action  # noqa: E402
from rest_framework.exceptions import AuthenticationFailed  # noqa: E402
from rest_framework.response import Response  # noqa: E402
from rest_framework.routers import SimpleRouter  # noqa: E402


class User:
    is_authenticated = True


class Tokens(TokenAuthentication):
    def authenticate_credentials(self, key):
        if key != "abc":
            raise AuthenticationFailed("Invalid token.")
        return User(), key


class BookSerializer(serializers.Serializer):
    id = serializers.IntegerField(read_only=True)
    title = serializers.CharField(max_length=40)
    price = serializers.DecimalField(max_digits=8, decimal_places=2)
    language = serializers.ChoiceField(["de", "en", "fr"], default="en")
    published = serializers.DateTimeField(required=False, allow_null=True)
    cover = serializers.FileField(write_only=True, required=False)
    cover_size = serializers.IntegerField(read_only=True)


class LoanSerializer(serializers.Serializer):
    until = serializers.DateField()
    fee = serializers.DecimalField(max_digits=6, decimal_places=2, required=False)


def book(number, **fields):
    return {
        "id": number,
        "title": f"Book {number}",
        "price": "9.90",
        "language": "en",
        "cover_size": 0,
    } | fields


class BookViewSet(viewsets.GenericViewSet):
    serializer_class = BookSerializer
    queryset = ()
    lookup_value_converter = "int"
    authentication_classes = (Tokens,)
    parser_classes = (parsers.JSONParser, parsers.MultiPartParser)

    def list(self, request):
        page = self.paginate_queryset([book(number) for number in range(1, 6)])
        return self.get_paginated_response(BookSerializer(page, many=True).data)

    def create(self, request):
        found = BookSerializer(data=request.data)
        found.is_valid(raise_exception=True)
        cover = found.validated_data.pop("cover", None)
        made = book(9, **found.validated_data, cover_size=cover.size if cover else 0)
        return Response(BookSerializer(made).data, status=201)

    def partial_update(self, request, pk: int):
        found = BookSerializer(data=request.data, partial=True)
        found.is_valid(raise_exception=True)
        return Response(BookSerializer(book(int(pk), **found.validated_data)).data)

    @extend_schema(request=LoanSerializer, responses=LoanSerializer)
    @action(detail=True, methods=["post"], parser_classes=[parsers.JSONParser])
    def lend(self, request, pk: int):
        found = LoanSerializer(data=request.data)
        found.is_valid(raise_exception=True)
        return Response(LoanSerializer(found.validated_data).data)


router = SimpleRouter(use_regex_path=False)
router.register("books", BookViewSet, basename="book")
urlpatterns = [path("api/", include(router.urls)), path("schema/", SpectacularJSONAPIView.as_view())]
app = get_asgi_application()
